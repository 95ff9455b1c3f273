using PachUp.Rewriting.Drafts;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Leaves out commits whose id has not the format of pachd's own ids. Such a commit can be built, but pachd then takes its id for a branch name: it
/// cannot be read, and no branch can point at it.
/// </summary>
public sealed class UnaddressableCommits : IRule
{
    internal const string CommitId = "commit-id";

    private const int Digits = 32;
    private const int VersionPlace = 12;

    private static readonly CommitRemoval Removal = new(
        CommitId, commit => !LooksLikeId(commit.Id), "its id does not have pachd's format, so pachd takes it for the name of a branch and finds nothing");

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => Removal.Apply(draft);

    /// <summary>Whether it is a random UUID (version 4) without dashes.</summary>
    private static bool LooksLikeId(string id) => id.Length == Digits && id[VersionPlace] == '4' && id.All(char.IsAsciiHexDigitLower);
}
