using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Steps.Restoring;

/// <summary>One thing that a call in doubt was to make.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Names">What the target would know it by; empty for what it cannot be asked for.</param>
/// <param name="End">The place in the stream behind it.</param>
internal sealed record DoubtfulItem(OperationKind Kind, ImmutableArray<string> Names, StreamPosition End)
{
    /// <summary>How a branch would be; null for everything else.</summary>
    public BranchState? Branch { get; init; }

    /// <summary>Whether finding it proves that this call made it: objects and tags may lie in a bucket from before.</summary>
    public bool ProvesArrival => Kind is OperationKind.Repo or OperationKind.Pipeline or OperationKind.Commit && !Names.IsEmpty;

    /// <summary>The item for a target whose objects cannot be asked for: objects and tags are sent again, which is harmless.</summary>
    public DoubtfulItem WithoutObjects() => Kind is OperationKind.Object or OperationKind.Tag ? this with { Names = [] } : this;

    /// <summary>The item that an operation makes, but for objects, which take several.</summary>
    public static DoubtfulItem Of(Operation operation, StreamPosition end) => operation.Kind switch
    {
        OperationKind.Tag => new DoubtfulItem(operation.Kind, NamesOf(operation.AsTag()), end),
        OperationKind.CreateObject => new DoubtfulItem(OperationKind.Object, Known(operation.AsCreateObject().Object?.Hash), end),
        OperationKind.Repo => new DoubtfulItem(operation.Kind, Known(operation.AsRepo().Repo?.Name), end),
        OperationKind.Pipeline => new DoubtfulItem(operation.Kind, Known(operation.AsPipeline().Pipeline?.Name), end),
        OperationKind.Commit => new DoubtfulItem(operation.Kind, NamesOf(operation.AsCommit()), end),
        OperationKind.Branch => OfBranch(operation.AsBranch(), end),
        OperationKind.Job => new DoubtfulItem(operation.Kind, NamesOf(operation.AsJob()), end),
        _ => new DoubtfulItem(operation.Kind, [], end),
    };

    /// <summary>The name of a tag and of the object that it stands for.</summary>
    public static string NameOfTag(string tag, string objectHash) => $"{tag} {objectHash}";

    /// <summary>The name of a commit or a branch with that of its repo.</summary>
    public static string NameIn(string repo, string name) => $"{repo}@{name}";

    /// <summary>The name of a job, by the commit that it makes; null where it makes none.</summary>
    public static string? NameOfOutput(Commit? output) => output is { Repo: { } repo, Id.Length: > 0 } ? NameIn(repo.Name, output.Id) : null;

    private static DoubtfulItem OfBranch(CreateBranchRequest request, StreamPosition end)
    {
        var state = BranchState.Of(request);
        return new DoubtfulItem(OperationKind.Branch, [state.Name.ToString()], end) { Branch = state };
    }

    private static ImmutableArray<string> NamesOf(TagObjectRequest request) =>
        [.. request.Tags.Select(tag => NameOfTag(tag.Name, request.Object?.Hash ?? ""))];

    private static ImmutableArray<string> NamesOf(BuildCommitRequest request) =>
        request.ID.Length > 0 && request.Parent?.Repo is { } repo ? [NameIn(repo.Name, request.ID)] : [];

    /// <summary>Servers give jobs new ids; what stays is the commit that a job makes, and each has one job.</summary>
    private static ImmutableArray<string> NamesOf(CreateJobRequest request) => NameOfOutput(request.OutputCommit) is { } name ? [name] : [];

    /// <summary>The repo of specs is in no listing, so it cannot be asked for.</summary>
    private static ImmutableArray<string> Known(string? name) => string.IsNullOrEmpty(name) || name == BranchName.SpecRepo ? [] : [name];
}
