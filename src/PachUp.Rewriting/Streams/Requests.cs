using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Rewriting.Drafts;
using OutputRepos = PachUp.Rewriting.Rules.OutputRepos;
using PfsObject = PachUp.Pachyderm.Wire.Pfs.Object;

namespace PachUp.Rewriting.Streams;

/// <summary>Builds the operations for the decisions.</summary>
internal sealed class Requests(MigrationDecisions decisions)
{
    private readonly CommitBranches _branches = new(decisions);
    private readonly SpecProvenance _provenance = new(decisions.Carried);

    /// <summary>
    /// A repo, also an output repo: creating a pipeline accepts an existing repo, and without this operation the description would be lost (later
    /// releases
    /// write their own).
    /// </summary>
    public Operation Repo(RepoInventory repo) =>
        Operation.Repo(decisions.Generation, new CreateRepoRequest { Repo = RepoOf(repo.Name), Description = repo.Description });

    /// <summary>A pipeline with all its fields.</summary>
    public Operation Pipeline(PipelineInventory pipeline) => Operation.Pipeline(decisions.Generation, PipelineSpecs.ToRequest(pipeline.Info));

    /// <summary>A commit that is in the stream, with the facts that the stream leaves out.</summary>
    public Operation Commit(BuildCommitRequest fromStream, CommitInventory commit)
    {
        var repo = fromStream.Parent.Repo.Name;
        fromStream.Branch = _branches.OfStreamed(repo, fromStream.Branch, commit);
        return Complete(fromStream, commit);
    }

    /// <summary>A commit that is not in the stream.</summary>
    public Operation AddedCommit(RepoItem<CommitInventory> added)
    {
        var request = new BuildCommitRequest
        {
            Parent = CommitOf(added.Repo, added.Item.Parent ?? ""),
            Tree = ObjectOf(added.Item.Tree),
            Branch = _branches.OfAdded(added.Repo, added.Item),
            ID = added.Item.Id,
        };
        return Complete(request, added.Item);
    }

    /// <summary>
    /// Points a branch at its head. Its provenance follows later (<see cref="Provenances"/>): 1.9.0 refuses to set both together, and a branch with
    /// provenance accepts no commits.
    /// </summary>
    public IEnumerable<Operation> Head(RepoItem<BranchInventory> branch) =>
        _branches.IsPlacedByCommit(branch) ? [] : [BranchOperation(branch, branch.Item.Head is { } head ? CommitOf(branch.Repo, head) : null, [])];

    /// <summary>
    /// Removes the provenance of the output branches of running pipelines before the first commit arrives: otherwise the target would open a commit
    /// on
    /// them for each restored commit. <see cref="Provenances"/> sets it again.
    /// </summary>
    public IEnumerable<Operation> CutOffs() => ComputedBranches()
        .Where(branch => decisions.Sent.KeptOutputs.Contains(branch.Repo))
        .Select(branch => BranchOperation(branch, head: null, provenance: []));

    /// <summary>
    /// Sets the provenance of branches, upstream first, when all heads are set: a head that is computed from the right commits then stays.
    /// </summary>
    public IEnumerable<Operation> Provenances() => ComputedBranches()
        .OrderBy(branch => branch.Item.Provenance.Length)
        .Select(branch => BranchOperation(branch, branch.Item.Head is null ? null : CommitOf(branch.Repo, branch.Item.Name), branch.Item.DirectProvenance));

    /// <summary>A server that converts operations knows only the fields of their generation.</summary>
    private bool SendsCommitsWhole => decisions.Target.BuildsCommitsWhole && decisions.Generation == decisions.Target.Generation;

    private Operation Complete(BuildCommitRequest request, CommitInventory commit)
    {
        request.ProvenanceUntil187.Clear();
        request.Provenance.Clear();
        request.Provenance.AddRange(_provenance.Of(commit).Select(ProvenanceOf));
        if (SendsCommitsWhole)
        {
            request.SizeBytes = (ulong)commit.SizeBytes;
            request.Datums = ObjectOf(commit.Datums);
            request.Trees.Clear();
            request.Trees.AddRange(commit.Trees.Select(tree => ObjectOf(tree)));
        }

        return Operation.Commit(decisions.Generation, request);
    }

    private IEnumerable<RepoItem<BranchInventory>> ComputedBranches() => decisions.Carried.Repos
        .SelectMany(repo => repo.Branches.Select(branch => new RepoItem<BranchInventory>(repo.Name, branch)))
        .Where(branch => branch.Item.DirectProvenance.Any(origin => !origin.IsSpec || decisions.Sent.KeptOutputs.Contains(branch.Repo)))
        .Where(branch => !IsMadeLast(branch));

    /// <summary>Whether the branch gets its provenance later, from a pipeline that is created last.</summary>
    private bool IsMadeLast(RepoItem<BranchInventory> branch) =>
        decisions.Carried.FindPipeline(branch.Repo) is { } pipeline && CronPipelines.ComesLast(pipeline) && OutputRepos.IsMadeByPipeline(branch.Item, pipeline);

    private Operation BranchOperation(RepoItem<BranchInventory> branch, Commit? head, IEnumerable<BranchName> provenance) =>
        Operation.Branch(decisions.Generation, new CreateBranchRequest
        {
            Head = head,
            Branch = BranchOf(new BranchName(branch.Repo, branch.Item.Name)),
            Provenance = { provenance.Select(BranchOf) },
        });

    private static CommitProvenance ProvenanceOf(CommitProvenanceInventory origin) =>
        new() { Commit = CommitOf(origin.Repo, origin.Commit), Branch = BranchOf(new BranchName(origin.Repo, origin.Branch)) };

    private static Repo RepoOf(string name) => new() { Name = name };

    private static Commit CommitOf(string repo, string id) => new() { Repo = RepoOf(repo), Id = id };

    private static Branch BranchOf(BranchName name) => new() { Repo = RepoOf(name.Repo), Name = name.Branch };

    private static PfsObject? ObjectOf(string? hash) => hash is null ? null : new PfsObject { Hash = hash };
}
