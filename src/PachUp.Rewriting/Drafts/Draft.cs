using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Rewriting.Drafts;

/// <summary>What the rules applied so far have decided.</summary>
public sealed record Draft
{
    /// <summary>The source, as it is.</summary>
    public required ClusterInventory Source { get; init; }

    /// <summary>The target.</summary>
    public required ReleaseTraits Target { get; init; }

    /// <summary>What was chosen.</summary>
    public required MigrationOptions Options { get; init; }

    /// <summary>What is sent to the target. Starts as the source.</summary>
    public required ClusterInventory Carried { get; init; }

    /// <summary>Repos whose commits and branches the target computes.</summary>
    public ImmutableHashSet<string> OutputRepos { get; init; } = [];

    /// <summary>Output repos whose commits are carried as they are.</summary>
    public ImmutableHashSet<string> KeptOutputs { get; init; } = [];

    /// <summary>Branches of other repos on which the target opens a new commit, by their names in the source.</summary>
    public ImmutableHashSet<BranchName> RenewedBranches { get; init; } = [];

    /// <summary>See <see cref="Foresight.Comparison"/>.</summary>
    public ComparisonOptions Comparison { get; init; } = new();

    /// <summary>What was announced.</summary>
    public ImmutableArray<AnnouncedChange> Changes { get; init; } = [];

    /// <summary>Where the rules begin.</summary>
    public static Draft Of(ClusterInventory source, Release target, MigrationOptions options) => new()
    {
        Source = source,
        Target = ReleaseTraits.Of(target),
        Options = options,
        // The target's id is made when it is deployed; nobody can foresee it.
        Carried = source with { Release = target, ClusterId = "" },
    };

    /// <summary>The draft with other repos.</summary>
    public Draft WithRepos(Func<RepoInventory, RepoInventory> change) => this with { Carried = Carried with { Repos = [.. Carried.Repos.Select(change)] } };

    /// <summary>The draft with other pipelines.</summary>
    public Draft WithPipelines(Func<PipelineInventory, PipelineInventory> change) =>
        this with { Carried = Carried with { Pipelines = [.. Carried.Pipelines.Select(change)] } };

    /// <summary>The draft with fewer or other probes.</summary>
    public Draft WithProbes(IEnumerable<FileProbe> probes) => this with { Carried = Carried with { Probes = [.. probes] } };

    /// <summary>The draft with the probes alone whose commits are still heads.</summary>
    public Draft WithProbesOfHeads() =>
        WithProbes(Carried.Probes.Where(probe => Carried.FindRepo(probe.Repo)?.FindBranch(probe.Branch)?.Head == probe.Commit));

    /// <summary>The draft with more announcements.</summary>
    public Draft Announce(IEnumerable<AnnouncedChange> changes) => this with { Changes = [.. Changes, .. changes] };
}
