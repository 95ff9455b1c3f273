using PachUp.Rewriting.Drafts;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// A commit can be built under any id, but one that does not look like those that pachd makes is taken for a branch name wherever it is
/// used: nobody can read it, and no branch can be pointed at it.
/// </summary>
public sealed class UnaddressableCommits : IRule
{
    internal const string CommitId = "commit-id";

    private const int Digits = 32;
    private const int VersionPlace = 12;

    private static readonly CommitRemoval Removal = new(
        CommitId, commit => !LooksLikeId(commit.Id), "its id is not one that pachd makes, so pachd takes it for the name of a branch and finds nothing");

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => Removal.Apply(draft);

    /// <summary>Whether it is a random UUID (version 4) without dashes.</summary>
    private static bool LooksLikeId(string id) => id.Length == Digits && id[VersionPlace] == '4' && id.All(char.IsAsciiHexDigitLower);
}
