using System.Text.RegularExpressions;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>The rules of a release for names of repos and branches.</summary>
internal sealed partial class NameRules(ServerTraits traits)
{
    private const string Allowed = "only alphanumeric characters, underscores, and dashes are allowed";

    /// <exception cref="PachdError">The name is refused.</exception>
    public void CheckRepo(string name)
    {
        if (!NamePattern().IsMatch(name))
            throw new PachdError($"{(traits.Release.RestrictsBranchNames ? "" : "repo ")}name ({name}) invalid: {Allowed}");
    }

    /// <exception cref="PachdError">The name is refused.</exception>
    public void CheckBranch(string name)
    {
        if (traits.Release.RestrictsBranchNames && !NamePattern().IsMatch(name))
            throw new PachdError($"name ({name}) invalid: {Allowed}");
    }

    /// <exception cref="PachdError">The name looks like the id of a commit.</exception>
    public static void CheckIsNoId(string branch)
    {
        if (Ids.IsId(branch))
            throw new PachdError("branch name cannot be a UUID V4");
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]+$")]
    private static partial Regex NamePattern();
}
