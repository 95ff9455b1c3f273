using System.Collections.Immutable;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Pachyderm.Inventories;

/// <summary>Builds an inventory from the operations of an extract stream. It ignores objects and tags.</summary>
internal sealed class StreamInventory
{
    private readonly SortedDictionary<string, RepoInStream> _repos = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, PipelineInventory> _pipelines = new(StringComparer.Ordinal);

    /// <summary>Adds the next operation. If an item occurs twice, the later one counts, as in a restore.</summary>
    public void Add(Operation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.Repo:
                var repo = operation.AsRepo();
                RepoOf(repo.Repo).Description = repo.Description;
                break;
            case OperationKind.Pipeline:
                AddPipeline(operation.AsPipeline());
                break;
            case OperationKind.Commit:
                var commit = operation.AsCommit();
                RepoOf(commit.Parent?.Repo).Commits[commit.ID] = commit;
                break;
            case OperationKind.Branch:
                var branch = operation.AsBranch();
                RepoOf(branch.Branch?.Repo).Branches[branch.Branch?.Name ?? ""] = branch;
                break;
        }
    }

    /// <summary>The inventory of all operations so far.</summary>
    /// <param name="release">The release of the server that sent the stream.</param>
    /// <param name="clusterId">The id of the cluster; empty if unknown.</param>
    /// <param name="extractedAt">The finish time of commits with a tree.</param>
    public ClusterInventory Build(Release release, string clusterId, DateTimeOffset extractedAt)
    {
        var closure = new BranchClosure(_repos.Values.SelectMany(repo => repo.Branches.Values).Select(branch => (NameOf(branch.Branch), DirectProvenance(branch))));
        return new ClusterInventory
        {
            Release = release,
            ClusterId = clusterId,
            Pipelines = [.. _pipelines.Values],
            Repos = [.. _repos.Values.Where(repo => repo.Name != BranchName.SpecRepo).Select(repo => ToInventory(repo, closure, extractedAt))],
        };
    }

    private void AddPipeline(CreatePipelineRequest request)
    {
        var name = request.Pipeline?.Name ?? "";
        _pipelines[name] = new PipelineInventory { Name = name, Info = MapOrder.Sort(PipelineSpecs.ToInfo(request)) };

        // Extracts before 1.9.6 do not contain the output repo, because creating the pipeline creates it.
        RepoOf(new Repo { Name = name });
    }

    private RepoInStream RepoOf(Repo? repo)
    {
        var name = repo?.Name ?? "";
        return _repos.TryGetValue(name, out var known) ? known : _repos[name] = new RepoInStream(name);
    }

    private static RepoInventory ToInventory(RepoInStream repo, BranchClosure closure, DateTimeOffset extractedAt) => new()
    {
        Name = repo.Name,
        Description = repo.Description,
        Branches = [.. repo.Branches.Values.Select(branch => ToInventory(branch, closure))],
        Commits = [.. repo.Commits.Values.Select(commit => ToInventory(commit, extractedAt))],
    };

    private static BranchInventory ToInventory(CreateBranchRequest branch, BranchClosure closure) => new()
    {
        Name = branch.Branch?.Name ?? "",
        Head = InventoryMapping.NonEmpty(branch.Head?.Id),
        DirectProvenance = DirectProvenance(branch),
        Provenance = closure.Of(NameOf(branch.Branch)),
    };

    private static CommitInventory ToInventory(BuildCommitRequest commit, DateTimeOffset extractedAt) => new()
    {
        Id = commit.ID,
        Parent = InventoryMapping.NonEmpty(commit.Parent?.Id),
        Branch = InventoryMapping.NonEmpty(commit.Branch),
        Finished = IsFinished(commit) ? extractedAt : null,
        SizeBytes = (long)commit.SizeBytes,
        Tree = InventoryMapping.NonEmpty(commit.Tree?.Hash),
        Trees = [.. commit.Trees.Select(tree => tree.Hash)],
        Datums = InventoryMapping.NonEmpty(commit.Datums?.Hash),
        Provenance = InventoryMapping.Sorted(commit.Provenance
            .Select(origin => InventoryMapping.ToProvenance(origin.Commit, origin.Branch))
            .Concat(commit.ProvenanceUntil187.Select(origin => InventoryMapping.ToProvenance(origin, branch: null)))),
    };

    /// <summary>Whether a commit is finished. The stream does not tell, but a server treats a commit without trees as open.</summary>
    private static bool IsFinished(BuildCommitRequest commit) => !string.IsNullOrEmpty(commit.Tree?.Hash) || commit.Trees.Count > 0;

    private static ImmutableArray<BranchName> DirectProvenance(CreateBranchRequest branch) => [.. branch.Provenance.Select(NameOf).Distinct().Order()];

    private static BranchName NameOf(Branch? branch) => new(branch?.Repo?.Name ?? "", branch?.Name ?? "");

    private sealed class RepoInStream(string name)
    {
        public string Name { get; } = name;

        public string Description { get; set; } = "";

        public SortedDictionary<string, CreateBranchRequest> Branches { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, BuildCommitRequest> Commits { get; } = new(StringComparer.Ordinal);
    }
}
