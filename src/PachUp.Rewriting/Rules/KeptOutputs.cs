using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Carries output commits unchanged, with trees, datums, sizes and provenance, if the user chose so and the target accepts complete commits.
/// Otherwise the target computes output again.
/// </summary>
/// <param name="otherwise">The rule for output that is computed again.</param>
public sealed class KeptOutputs(OutputRepos otherwise) : IRule
{
    private const string KeptOutput = "output-kept";

    /// <summary>Whether a target accepts output commits: from 1.9.6 on.</summary>
    public static bool IsPossible(Draft draft) => draft.Options.Outputs == OutputChoice.Keep && draft.Target.BuildsCommitsWhole;

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => IsPossible(draft) ? Keep(draft) : otherwise.Apply(draft);

    private static Draft Keep(Draft draft)
    {
        var names = draft.Carried.Repos.Select(repo => repo.Name).Where(name => OutputRepos.IsComputed(draft.Source, name)).ToImmutableHashSet();
        var specs = new SpecCommits(draft.Source);
        var changes = ImmutableArray.CreateBuilder<AnnouncedChange>();
        return draft
            .WithRepos(repo => names.Contains(repo.Name) ? Keep(repo, draft.Source.FindPipeline(repo.Name)!, changes) : repo)
            .WithRepos(specs.NameIn)
            .WithProbesOfHeads()
            .Announce(changes) with
        {
            KeptOutputs = names,
        };
    }

    private static RepoInventory Keep(RepoInventory repo, PipelineInventory pipeline, ImmutableArray<AnnouncedChange>.Builder changes)
    {
        var history = new OutputHistory(repo, OutputHistory.IsOpenOrTreeless);
        var kept = history.Shorten();
        changes.Add(new AnnouncedChange(
            ChangeKind.Kept,
            Items.Repo(repo.Name, OutputRepos.Extent(kept.Commits, pipeline.Info.OutputBranch)),
            KeptOutput,
            "output commits arrive unchanged, and nothing of them is computed again"));
        changes.AddRange(history.Announcements(pipeline));
        return kept;
    }
}
