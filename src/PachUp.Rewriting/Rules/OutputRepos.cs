using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Lets the target compute output repos again. By the salts of pipelines it finds datums that were already processed. Output repos are recognised by
/// name, because a pipeline that was stopped for the extract leaves an output branch without provenance.
/// </summary>
public sealed class OutputRepos : IRule
{
    internal const string OutputMadeByHand = "output-made-by-hand";
    internal const string OutputRepo = "output-repo";
    private const string OutputBranch = "output-branch";

    /// <summary>Whether the target finds the results of processed datums because pipelines keep their salts. Default: yes.</summary>
    public bool FindsOldDatums { get; init; } = true;

    /// <summary>The second branch that the target makes for a pipeline with <c>enable_stats</c>.</summary>
    private const string StatsBranch = "stats";

    /// <summary>Whether the target computes the repo. The output of a spout came from outside, so it cannot be computed again.</summary>
    public static bool IsComputed(ClusterInventory source, string repo) =>
        source.FindPipeline(repo) is { } pipeline && (pipeline.Info.Spout is null || source.FindRepo(repo)?.Commits.All(commit => commit.IsOpen) != false);

    /// <summary>The finished commits of an output repo that no pipeline made: a pipeline's commits have its spec in their provenance.</summary>
    public static IEnumerable<CommitInventory> MadeByHand(RepoInventory output) =>
        output.Commits.Where(commit => !commit.IsOpen && commit.Provenance.IsEmpty);

    /// <summary>The amount of output.</summary>
    internal static string Extent(IReadOnlyCollection<CommitInventory> finished, string branch) =>
        $"{Items.Count(finished.Count, "finished commit")} on {branch}, {Items.Bytes(finished.Sum(commit => commit.SizeBytes))}";

    /// <summary>The announcement about an open commit of an output repo.</summary>
    internal static AnnouncedChange ReplacedByNewCommit(string repo, CommitInventory open, PipelineInventory pipeline) => new(
        ChangeKind.Recomputed,
        Items.Commit(repo, open.Id),
        OpenCommits.OpenCommit,
        $"it is open; pipeline \"{pipeline.Name}\" starts it again on the target");

    /// <summary>Whether a branch contains the statistics of a pipeline's datums.</summary>
    internal static bool IsStatsBranch(BranchInventory branch, PipelineInventory pipeline) => branch.Name == StatsBranch && pipeline.Info.EnableStats;

    /// <summary>Whether a pipeline makes a branch of its repo: its output branch or its statistics branch.</summary>
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
            yield return ReplacedByNewCommit(output.Name, open, pipeline);
        }

        foreach (var commit in byHand)
        {
            var why = $"a user put it into the output of pipeline \"{pipeline.Name}\", which cannot compute it";
            yield return new AnnouncedChange(ChangeKind.LeftOut, Items.Commit(output.Name, commit.Id), OutputMadeByHand, why);
        }

        foreach (var branch in output.Branches.Where(branch => !IsMadeByPipeline(branch, pipeline)))
        {
            var why = $"it points into the output of pipeline \"{pipeline.Name}\", whose commits get new ids; create it again when they exist";
            yield return new AnnouncedChange(ChangeKind.LeftOut, Items.Branch(output.Name, branch.Name), OutputBranch, why);
        }
    }

    private AnnouncedChange Recomputed(Draft draft, RepoInventory output, PipelineInventory pipeline, IReadOnlyCollection<CommitInventory> finished) => new(
        ChangeKind.Recomputed,
        Items.Repo(output.Name, Extent(finished, pipeline.Info.OutputBranch)),
        OutputRepo,
        pipeline.Stopped
            ? $"it is the output of pipeline \"{pipeline.Name}\", which is stopped: the target computes it when you start the pipeline"
            : $"it is the output of pipeline \"{pipeline.Name}\": the target computes it, {Effort(draft, pipeline)}");

    /// <summary>Workers find old results by the salt, which an archive may not contain, and by tags, which are not sent with objects.</summary>
    private string Effort(Draft draft, PipelineInventory pipeline) => FindsOldDatums && !DatumTags.StayBehind(draft) && pipeline.Info.Salt.Length > 0
        ? "without processing datums again that were already processed"
        : "processing every datum again";
}
