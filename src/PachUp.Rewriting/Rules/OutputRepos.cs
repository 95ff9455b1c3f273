using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Output repos are left to the target to compute: it finds the datums that were processed by the salts of the pipelines. They are told by
/// name, because a pipeline that was stopped for the extract leaves an output branch without provenance.
/// </summary>
public sealed class OutputRepos : IRule
{
    internal const string OutputMadeByHand = "output-made-by-hand";
    internal const string OutputRepo = "output-repo";
    private const string OutputBranch = "output-branch";

    /// <summary>Whether the target finds the results of datums that were processed: pipelines keep their salts. Default: yes.</summary>
    public bool FindsOldDatums { get; init; } = true;

    /// <summary>The branch of a pipeline with <c>enable_stats</c> that the target makes too.</summary>
    private const string StatsBranch = "stats";

    /// <summary>Whether the target computes the repo of that name. What a spout has put out came from outside, and nothing can compute it again.</summary>
    public static bool IsComputed(ClusterInventory source, string repo) =>
        source.FindPipeline(repo) is { } pipeline && (pipeline.Info.Spout is null || source.FindRepo(repo)?.Commits.All(commit => commit.IsOpen) != false);

    /// <summary>The finished commits of an output repo that no pipeline made: those have the pipeline's spec in their provenance.</summary>
    public static IEnumerable<CommitInventory> MadeByHand(RepoInventory output) =>
        output.Commits.Where(commit => !commit.IsOpen && commit.Provenance.IsEmpty);

    /// <summary>How much output there is.</summary>
    internal static string Extent(IReadOnlyCollection<CommitInventory> finished, string branch) =>
        $"{Items.Count(finished.Count, "finished commit")} on {branch}, {Items.Bytes(finished.Sum(commit => commit.SizeBytes))}";

    /// <summary>What is said of an open commit of an output repo.</summary>
    internal static AnnouncedChange StartedAnew(string repo, CommitInventory open, PipelineInventory pipeline) => new(
        ChangeKind.Recomputed,
        Items.Commit(repo, open.Id),
        OpenCommits.OpenCommit,
        $"it is not finished; pipeline \"{pipeline.Name}\" starts it anew in the target");

    /// <summary>Whether a branch holds what a pipeline knows about its datums.</summary>
    internal static bool IsStatsBranch(BranchInventory branch, PipelineInventory pipeline) => branch.Name == StatsBranch && pipeline.Info.EnableStats;

    /// <summary>Whether a pipeline makes a branch of its repo: that of its output, or that of its statistics.</summary>
    public static bool IsMadeByPipeline(BranchInventory branch, PipelineInventory pipeline) =>
        branch.Name == pipeline.Info.OutputBranch || IsStatsBranch(branch, pipeline);

    /// <inheritdoc/>
    public Draft Apply(Draft draft)
    {
        var outputs = draft.Carried.Repos.Where(repo => IsComputed(draft.Source, repo.Name)).ToList();
        var names = outputs.Select(repo => repo.Name).ToImmutableHashSet();
        var emptied = draft
            .WithRepos(repo => names.Contains(repo.Name) ? repo with { Branches = [], Commits = [], SizeBytes = 0 } : repo)
            .WithProbes(draft.Carried.Probes.Where(probe => !names.Contains(probe.Repo)))
            .Announce(outputs.SelectMany(output => Announcements(draft, output, draft.Source.FindPipeline(output.Name)!)));
        return emptied with { OutputRepos = draft.OutputRepos.Union(names) };
    }

    private IEnumerable<AnnouncedChange> Announcements(Draft draft, RepoInventory output, PipelineInventory pipeline)
    {
        var byHand = MadeByHand(output).ToList();
        yield return Recomputed(draft, output, pipeline, [.. output.Commits.Where(commit => !commit.IsOpen).Except(byHand)]);
        foreach (var open in output.Commits.Where(commit => commit.IsOpen))
        {
            yield return StartedAnew(output.Name, open, pipeline);
        }

        foreach (var commit in byHand)
        {
            var why = $"somebody put it into the output of pipeline \"{pipeline.Name}\", which cannot compute it";
            yield return new AnnouncedChange(ChangeKind.LeftOut, Items.Commit(output.Name, commit.Id), OutputMadeByHand, why);
        }

        foreach (var branch in output.Branches.Where(branch => !IsMadeByPipeline(branch, pipeline)))
        {
            var why = $"it points into the output of pipeline \"{pipeline.Name}\", whose commits get new ids; create it again when they are there";
            yield return new AnnouncedChange(ChangeKind.LeftOut, Items.Branch(output.Name, branch.Name), OutputBranch, why);
        }
    }

    private AnnouncedChange Recomputed(Draft draft, RepoInventory output, PipelineInventory pipeline, IReadOnlyCollection<CommitInventory> finished) => new(
        ChangeKind.Recomputed,
        Items.Repo(output.Name, Extent(finished, pipeline.Info.OutputBranch)),
        OutputRepo,
        pipeline.Stopped
            ? $"it is the output of pipeline \"{pipeline.Name}\", which is stopped: the target computes it when the pipeline is started"
            : $"it is the output of pipeline \"{pipeline.Name}\": the target computes it, {Effort(draft, pipeline)}");

    /// <summary>Old results are found by the salt, which an archive alone may not tell, and by tags, which do not travel with objects.</summary>
    private string Effort(Draft draft, PipelineInventory pipeline) => FindsOldDatums && !DatumTags.StayBehind(draft) && pipeline.Info.Salt.Length > 0
        ? "without processing datums again that were processed"
        : "processing every datum again";
}
