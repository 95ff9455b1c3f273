using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// A server that converts the trees of 1.7 drops the headers and footers of directories (<c>put-header</c>, <c>put-footer</c>, <c>put-file --split
/// sql</c>): their files arrive without them.
/// </summary>
public sealed class HeadersAndFooters : IRule
{
    private const string Rule = "headers-footers";

    /// <inheritdoc/>
    public Draft Apply(Draft draft)
    {
        if (draft.Source.Headers is not { Directories.IsEmpty: false } headers || !draft.Target.ConvertsTreesOfV1_7)
        {
            return draft;
        }

        var sizes = headers.Commits.ToDictionary(commit => (commit.Repo, commit.Commit), commit => commit.FileBytes);
        return draft
            .Announce(headers.Directories.Where(directory => IsCarried(draft, directory)).Select(directory => new AnnouncedChange(
                ChangeKind.LeftOut,
                new InventoryItem(ItemKind.File, directory.ToString(), $"header and footer of its files, {Items.Bytes(directory.Bytes)}"),
                Rule,
                $"{draft.Target.Release.Line} has no headers and footers of directories; the files of this directory arrive without them")))
            .WithRepos(repo => repo with { Commits = [.. repo.Commits.Select(commit => commit with { SizeBytes = sizes.GetValueOrDefault((repo.Name, commit.Id), commit.SizeBytes) })] })
            .WithProbes(draft.Carried.Probes.Where(probe => !headers.IsHeaded(probe.Repo, probe.Commit, probe.Path)));
    }

    private static bool IsCarried(Draft draft, HeadedDirectory directory) =>
        draft.Carried.FindRepo(directory.Repo)?.FindCommit(directory.Commit) is not null;
}
