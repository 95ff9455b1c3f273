using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Rewriting.Drafts;

/// <summary>The decisions of the rules that were applied so far.</summary>
public sealed record Draft
{
    /// <summary>The inventory of the source.</summary>
    public required ClusterInventory Source { get; init; }

    /// <summary>The target.</summary>
    public required ReleaseTraits Target { get; init; }

    /// <summary>The user's choices.</summary>
    public required MigrationOptions Options { get; init; }

    /// <summary>What is sent to the target. It starts as the source.</summary>
    public required ClusterInventory Carried { get; init; }

    /// <summary>Repos whose commits and branches the target computes.</summary>
    public ImmutableHashSet<string> OutputRepos { get; init; } = [];

    /// <summary>Output repos whose commits are carried unchanged.</summary>
    public ImmutableHashSet<string> KeptOutputs { get; init; } = [];

    /// <summary>Branches of other repos on which the target opens a new commit, by their names on the source.</summary>
    public ImmutableHashSet<BranchName> RenewedBranches { get; init; } = [];

    /// <summary>See <see cref="ExpectedTarget.Comparison"/>.</summary>
    public ComparisonOptions Comparison { get; init; } = new();

    /// <summary>The announced changes.</summary>
    public ImmutableArray<AnnouncedChange> Changes { get; init; } = [];

    /// <summary>The draft before the first rule.</summary>
    public static Draft Of(ClusterInventory source, Release target, MigrationOptions options) => new()
    {
        Source = source,
        Target = ReleaseTraits.Of(target),
        Options = options,
        // The target's id is created when it is deployed, so it is not known yet.
        Carried = source with { Release = target, ClusterId = "" },
    };

    /// <summary>The draft with other repos.</summary>
    public Draft WithRepos(Func<RepoInventory, RepoInventory> change) => this with { Carried = Carried with { Repos = [.. Carried.Repos.Select(change)] } };

    /// <summary>The draft with other pipelines.</summary>
    public Draft WithPipelines(Func<PipelineInventory, PipelineInventory> change) =>
        this with { Carried = Carried with { Pipelines = [.. Carried.Pipelines.Select(change)] } };

    /// <summary>The draft with other probes.</summary>
    public Draft WithProbes(IEnumerable<FileProbe> probes) => this with { Carried = Carried with { Probes = [.. probes] } };

    /// <summary>The draft with only the probes whose commits are still heads.</summary>
    public Draft WithProbesOfHeads() =>
        WithProbes(Carried.Probes.Where(probe => Carried.FindRepo(probe.Repo)?.FindBranch(probe.Branch)?.Head == probe.Commit));

    /// <summary>The draft with more announcements.</summary>
    public Draft Announce(IEnumerable<AnnouncedChange> changes) => this with { Changes = [.. Changes, .. changes] };
}
