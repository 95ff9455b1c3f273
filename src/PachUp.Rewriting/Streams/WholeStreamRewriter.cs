using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Streams;

/// <summary>
/// Rewrites a stream of 1.9.6 or later, which contains everything. Each operation keeps its content and its place, and gets the generation that the target
/// itself sends: no server converts anything then, and nothing is lost in a conversion. What the rules left out is not sent. Commits get their times
/// and origins, which earlier streams do not contain.
/// </summary>
internal sealed class WholeStreamRewriter(MigrationDecisions decisions) : IOperationRewriter
{
    private readonly Dictionary<string, RepoInventory> _repos = decisions.Carried.Repos.ToDictionary(repo => repo.Name);

    private readonly Dictionary<(string Repo, string Id), CommitInventory> _commits = decisions.Carried.Repos
        .SelectMany(repo => repo.Commits.Select(commit => (repo.Name, Commit: commit)))
        .ToDictionary(commit => (commit.Name, commit.Commit.Id), commit => commit.Commit);

    private readonly HashSet<string> _pipelines = [.. decisions.Carried.Pipelines.Select(pipeline => pipeline.Name)];

    public async IAsyncEnumerable<Operation> RewriteAsync(
        IAsyncEnumerable<Operation> operations, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var operation in operations.WithCancellation(cancellationToken))
        {
            foreach (var rewritten in Rewrite(operation))
            {
                yield return rewritten;
            }
        }
    }

    /// <summary>The operations that replace one operation of the source; none if it is not sent.</summary>
    private IEnumerable<Operation> Rewrite(Operation operation) => operation.Kind switch
    {
        OperationKind.Block or OperationKind.CreateObject or OperationKind.Tag => UnchangedIf(true, operation),
        OperationKind.Repo => UnchangedIf(HasRepo(operation.AsRepo().Repo.Name), operation),
        OperationKind.Commit => Commit(operation),
        OperationKind.Branch => Branch(operation),
        OperationKind.Pipeline => UnchangedIf(_pipelines.Contains(operation.AsPipeline().Pipeline.Name), operation),
        OperationKind.Job => UnchangedIf(HasCommit(operation.AsJob().OutputCommit), operation),
        _ => throw new StepFailedException(
            $"the stream contains an operation of kind {operation.Kind}, generation {operation.Generation.ToLineText()}, which no "
            + $"{decisions.Sent.Source.Release} sends",
            $"Extract again from the cluster of {decisions.Sent.Source.Release}. An archive of another release needs another plan."),
    };

    private Operation Unchanged(Operation operation) => operation.In(decisions.Generation);

    private IEnumerable<Operation> UnchangedIf(bool isSent, Operation operation) => isSent ? [Unchanged(operation)] : [];

    private IEnumerable<Operation> Commit(Operation operation)
    {
        var request = operation.AsCommit();
        if (IsSpec(request.Parent.Repo))
        {
            return [Unchanged(operation)];
        }

        if (!_commits.TryGetValue((request.Parent.Repo.Name, request.ID), out var commit))
        {
            return [];
        }

        if (decisions.Target.KeepsCommitOrigins)
        {
            request.Origin ??= OriginOf(request);
        }

        request.Parent.Id = commit.Parent ?? "";
        KeepProvenance(request, commit);
        if (decisions.Target.KeepsCommitTimes)
        {
            request.Started ??= commit.Started?.ToTimestamp();
            request.Finished ??= commit.Finished?.ToTimestamp();
        }

        return [Operation.Commit(decisions.Generation, request)];
    }

    /// <summary>
    /// The origin, which streams before 1.11 do not contain. In all recorded clusters, the commits that pachd made are those with provenance.
    /// </summary>
    private static CommitOrigin OriginOf(BuildCommitRequest request) =>
        new() { Kind = request.Provenance.Count > 0 ? OriginKind.Auto : OriginKind.User };

    private static void KeepProvenance(BuildCommitRequest request, CommitInventory commit)
    {
        var kept = commit.Provenance.Select(origin => (origin.Repo, origin.Commit)).ToHashSet();
        foreach (var dropped in request.Provenance.Where(origin => !kept.Contains((origin.Commit.Repo.Name, origin.Commit.Id))).ToList())
        {
            request.Provenance.Remove(dropped);
        }
    }

    /// <summary>
    /// A branch, with the head that it has on the target. A server refuses provenance together with a head that was computed from other commits. So a branch
    /// whose head is left out gets its provenance afterwards; an output branch gets it from its pipeline.
    /// </summary>
    private IEnumerable<Operation> Branch(Operation operation)
    {
        var request = operation.AsBranch();
        var repo = request.Branch.Repo;
        if (IsSpec(repo))
        {
            return [Unchanged(operation)];
        }

        if (_repos.GetValueOrDefault(repo.Name)?.FindBranch(request.Branch.Name) is not { } branch)
        {
            return [];
        }

        var trigger = decisions.Target.HasTriggers ? TriggerOf(branch) : null;
        if (branch.Head == NullIfEmpty(request.Head?.Id))
        {
            request.Trigger ??= trigger;
            return [trigger is null ? Unchanged(operation) : Operation.Branch(decisions.Generation, request)];
        }

        var placed = new CreateBranchRequest { Branch = request.Branch, Head = branch.Head is null ? null : CommitOf(repo, branch.Head), Trigger = trigger };
        var connected = new CreateBranchRequest
        {
            Branch = request.Branch,
            Head = branch.Head is null ? null : CommitOf(repo, branch.Name),
            Provenance = { request.Provenance },
            Trigger = trigger,
        };
        return _pipelines.Contains(repo.Name) || request.Provenance.Count == 0
            ? [Operation.Branch(decisions.Generation, placed)]
            : [Operation.Branch(decisions.Generation, placed), Operation.Branch(decisions.Generation, connected)];
    }

    /// <summary>The trigger of a branch, which no stream contains.</summary>
    private static Trigger? TriggerOf(BranchInventory branch) => branch.Trigger is { } trigger
        ? new Trigger { Branch = trigger.Branch, All = trigger.All, CronSpec = trigger.CronSpec, Size = trigger.Size, Commits = trigger.Commits }
        : null;

    private bool HasRepo(string name) => name == BranchName.SpecRepo || _repos.ContainsKey(name);

    private bool HasCommit(Commit commit) => _commits.ContainsKey((commit.Repo.Name, commit.Id));

    private static Commit CommitOf(Repo repo, string id) => new() { Repo = repo, Id = id };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static bool IsSpec(Repo repo) => repo.Name == BranchName.SpecRepo;
}
