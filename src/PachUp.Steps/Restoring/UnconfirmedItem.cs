using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Steps.Restoring;

/// <summary>One thing that an unconfirmed call may have made.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Names">The names to look for on the target; empty if the target cannot be asked for it.</param>
/// <param name="End">The position in the stream after it.</param>
internal sealed record UnconfirmedItem(OperationKind Kind, ImmutableArray<string> Names, StreamPosition End)
{
    /// <summary>The wanted state of a branch; null for everything else.</summary>
    public BranchState? Branch { get; init; }

    /// <summary>Whether its presence proves that this call made it: objects and tags may have been in the bucket before.</summary>
    public bool ProvesArrival => Kind is OperationKind.Repo or OperationKind.Pipeline or OperationKind.Commit && !Names.IsEmpty;

    /// <summary>The item for a target without access to objects: objects and tags are sent again, which is harmless.</summary>
    public UnconfirmedItem WithoutObjects() => Kind is OperationKind.Object or OperationKind.Tag ? this with { Names = [] } : this;

    /// <summary>The item that an operation makes; not for objects, which take several operations.</summary>
    public static UnconfirmedItem Of(Operation operation, StreamPosition end) => operation.Kind switch
    {
        OperationKind.Tag => new UnconfirmedItem(operation.Kind, NamesOf(operation.AsTag()), end),
        OperationKind.CreateObject => new UnconfirmedItem(OperationKind.Object, Known(operation.AsCreateObject().Object?.Hash), end),
        OperationKind.Repo => new UnconfirmedItem(operation.Kind, Known(operation.AsRepo().Repo?.Name), end),
        OperationKind.Pipeline => new UnconfirmedItem(operation.Kind, Known(operation.AsPipeline().Pipeline?.Name), end),
        OperationKind.Commit => new UnconfirmedItem(operation.Kind, NamesOf(operation.AsCommit()), end),
        OperationKind.Branch => OfBranch(operation.AsBranch(), end),
        OperationKind.Job => new UnconfirmedItem(operation.Kind, NamesOf(operation.AsJob()), end),
        _ => new UnconfirmedItem(operation.Kind, [], end),
    };

    /// <summary>The name of a tag together with its object.</summary>
    public static string NameOfTag(string tag, string objectHash) => $"{tag} {objectHash}";

    /// <summary>The name of a commit or a branch together with its repo.</summary>
    public static string NameIn(string repo, string name) => $"{repo}@{name}";

    /// <summary>The name of a job: the name of its output commit; null if it has none.</summary>
    public static string? NameOfOutput(Commit? output) => output is { Repo: { } repo, Id.Length: > 0 } ? NameIn(repo.Name, output.Id) : null;

    private static UnconfirmedItem OfBranch(CreateBranchRequest request, StreamPosition end)
    {
        var state = BranchState.Of(request);
        return new UnconfirmedItem(OperationKind.Branch, [state.Name.ToString()], end) { Branch = state };
    }

    private static ImmutableArray<string> NamesOf(TagObjectRequest request) =>
        [.. request.Tags.Select(tag => NameOfTag(tag.Name, request.Object?.Hash ?? ""))];

    private static ImmutableArray<string> NamesOf(BuildCommitRequest request) =>
        request.ID.Length > 0 && request.Parent?.Repo is { } repo ? [NameIn(repo.Name, request.ID)] : [];

    /// <summary>Servers give restored jobs new ids, so a job is identified by its output commit; each output commit has one job.</summary>
    private static ImmutableArray<string> NamesOf(CreateJobRequest request) => NameOfOutput(request.OutputCommit) is { } name ? [name] : [];

    /// <summary>No listing contains the repo of specs, so the target cannot be asked for it.</summary>
    private static ImmutableArray<string> Known(string? name) => string.IsNullOrEmpty(name) || name == BranchName.SpecRepo ? [] : [name];
}
