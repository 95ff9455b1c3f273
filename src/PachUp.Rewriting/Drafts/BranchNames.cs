using System.Text;
using PachUp.Pachyderm;

namespace PachUp.Rewriting.Drafts;

/// <summary>The rules for branch names: anything up to 1.8; from 1.9 on letters, digits, underscores and dashes, at least one of them.</summary>
public static class BranchNames
{
    /// <summary>The name on a target: unchanged if the target accepts it, otherwise with an underscore for each refused character.</summary>
    public static string For(ReleaseTraits target, string name) => target.RestrictsBranchNames ? Allowed(name) : name;

    /// <summary>An empty name becomes one underscore.</summary>
    private static string Allowed(string name) =>
        name.Length == 0 ? "_" : string.Concat(name.EnumerateRunes().Select(rune => IsAllowed(rune) ? rune.ToString() : "_"));

    private static bool IsAllowed(Rune rune) => rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value is '_' or '-');
}
