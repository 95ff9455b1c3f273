using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// A server that converts the trees of 1.7 writes them again in its own format, so their hashes change. The content of files does not change, except
/// in directories with a header or a footer (<see cref="HeadersAndFooters"/>).
/// </summary>
public sealed class ConvertedTrees : IRule
{
    private const string Rule = "converted-trees";

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => draft.Target.ConvertsTreesOfV1_7
        ? draft.Announce(draft.Carried.Repos.Where(repo => repo.Commits.Length > 0).Select(repo => new AnnouncedChange(
            ChangeKind.Changed,
            Items.Repo(repo.Name, $"tree hashes of {Items.Count(repo.Commits.Length, "commit")}"),
            Rule,
            $"{draft.Target.Release.Line} stores trees in another format; their files do not change{Exception(draft)}"))) with
        {
            Comparison = draft.Comparison with { CommitTrees = false },
        }
        : draft;

    private static string Exception(Draft draft) =>
        draft.Source.Headers is { Directories.IsEmpty: true } ? "" : ", except headers and footers of directories, which are dropped";
}
