using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Pachyderm.Archives;

/// <summary>Counts a stream of operations and checks rules that servers do not check: known kinds, one generation, complete objects.</summary>
internal sealed class OperationTally
{
    private readonly ObjectPosition _place = new();
    private OperationKind? _unended;

    /// <summary>The counts so far.</summary>
    public ArchiveSummary Summary { get; private set; } = new();

    /// <summary>Counts the next operation.</summary>
    /// <exception cref="MalformedOperationException">The operation breaks a rule.</exception>
    public void Add(Operation operation)
    {
        EnsureKnown(operation);
        EnsureOneGeneration(operation);
        EnsureEnded(operation.Kind, operation);
        _place.Pass(operation);
        Summary = Count(operation) with { Generation = operation.Generation, Operations = Summary.Operations + 1 };
    }

    /// <summary>Call this after the last operation.</summary>
    /// <exception cref="MalformedOperationException">The last object is incomplete.</exception>
    public void End()
    {
        if (_unended is { } kind)
        {
            throw new MalformedOperationException($"the stream ends inside an {Describe(kind)}: the empty value at its end is missing");
        }
    }

    private static void EnsureKnown(Operation operation)
    {
        if (operation.Generation is OperationGeneration.None)
        {
            throw new MalformedOperationException("it is empty, or of a generation that no known release sends");
        }

        if (operation.Kind is OperationKind.Unknown)
        {
            throw new MalformedOperationException($"it is empty, or of a kind that no known release of line {operation.Generation.ToLineText()} sends");
        }
    }

    private void EnsureOneGeneration(Operation operation)
    {
        if (Summary.Generation is not OperationGeneration.None && Summary.Generation != operation.Generation)
        {
            throw new MalformedOperationException(
                "a stream cannot mix operations of different generations: this operation has generation "
                + $"{operation.Generation.ToLineText()}, but the operations before have {Summary.Generation.ToLineText()}");
        }
    }

    private void EnsureEnded(OperationKind kind, Operation operation)
    {
        if (_unended is { } open && open != kind)
        {
            throw new MalformedOperationException($"it is a {kind} inside an {Describe(open)}: the empty value at its end is missing");
        }

        _unended = kind is OperationKind.Object or OperationKind.Block && !operation.ReadValue().IsEmpty ? kind : null;
    }

    private ArchiveSummary Count(Operation operation) => operation.Kind switch
    {
        OperationKind.Object => CountObject(operation),
        OperationKind.Block => Summary with { ObjectBytes = Summary.ObjectBytes + operation.ReadValue().Length },
        OperationKind.CreateObject => Summary with { Objects = Summary.Objects + 1 },
        OperationKind.Tag => Summary with { Tags = Summary.Tags + CountTags(operation, TagObjectRequest.TagsFieldNumber) },
        OperationKind.Repo => Summary with { Repos = Summary.Repos + 1 },
        OperationKind.Commit => CountCommit(operation.AsCommit()),
        OperationKind.Branch => Summary with { Branches = Summary.Branches + 1 },
        OperationKind.Pipeline => Summary with { Pipelines = Summary.Pipelines + 1 },
        _ => Summary,
    };

    private ArchiveSummary CountObject(Operation operation) => Summary with
    {
        Objects = Summary.Objects + (_unended is null && !_place.EndsEmptyObject ? 1 : 0),
        ObjectBytes = Summary.ObjectBytes + operation.ReadValue().Length,
        Tags = Summary.Tags + CountTags(operation, PutObjectRequest.TagsFieldNumber),
    };

    private ArchiveSummary CountCommit(BuildCommitRequest commit) => Summary with
    {
        Commits = Summary.Commits + 1,
        CommitsWithoutTree = Summary.CommitsWithoutTree + (string.IsNullOrEmpty(commit.Tree?.Hash) ? 1 : 0),
    };

    private static int CountTags(Operation operation, int tagsField) =>
        ProtobufFields.Read(operation.Payload).Count(field => field.Number == tagsField);

    private static string Describe(OperationKind kind) => kind is OperationKind.Block ? "object's block" : "object";
}
