using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Pachyderm.Archives;

/// <summary>Counts a stream of operations and holds it to the rules that servers do not check: known kinds, one generation, no half object.</summary>
internal sealed class OperationTally
{
    private readonly ObjectPlace _place = new();
    private OperationKind? _unended;

    /// <summary>What was counted so far.</summary>
    public ArchiveSummary Summary { get; private set; } = new();

    /// <summary>Counts the next operation.</summary>
    /// <exception cref="MalformedOperationException">It breaks a rule.</exception>
    public void Add(Operation operation)
    {
        EnsureKnown(operation);
        EnsureOneGeneration(operation);
        EnsureEnded(operation.Kind, operation);
        _place.Pass(operation);
        Summary = Count(operation) with { Generation = operation.Generation, Operations = Summary.Operations + 1 };
    }

    /// <summary>Says that no operation follows.</summary>
    /// <exception cref="MalformedOperationException">The last object is only half there.</exception>
    public void End()
    {
        if (_unended is { } kind)
        {
            throw new MalformedOperationException($"the stream ends inside an {Describe(kind)}: its end, an empty value, never comes");
        }
    }

    private static void EnsureKnown(Operation operation)
    {
        if (operation.Generation is OperationGeneration.None)
        {
            throw new MalformedOperationException("it is empty or of a generation that no known release sends");
        }

        if (operation.Kind is OperationKind.Unknown)
        {
            throw new MalformedOperationException($"it is empty or of a kind that no known {operation.Generation.ToLineText()} release sends");
        }
    }

    private void EnsureOneGeneration(Operation operation)
    {
        if (Summary.Generation is not OperationGeneration.None && Summary.Generation != operation.Generation)
        {
            throw new MalformedOperationException(
                "a stream cannot mix operations of different generations: it is of generation "
                + $"{operation.Generation.ToLineText()}, and those before it are of {Summary.Generation.ToLineText()}");
        }
    }

    private void EnsureEnded(OperationKind kind, Operation operation)
    {
        if (_unended is { } open && open != kind)
        {
            throw new MalformedOperationException($"it is a {kind} in the middle of an {Describe(open)}, whose end, an empty value, is missing");
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
