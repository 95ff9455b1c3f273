using System.Text;
using PachUp.Pachyderm;

namespace PachUp.Rewriting.Drafts;

/// <summary>What branches may be called: anything up to 1.8; letters, digits, underscores and dashes, at least one of them, from 1.9 on.</summary>
public static class BranchNames
{
    /// <summary>The name in a target: the same where it is taken, and otherwise with an underscore for each character that is refused.</summary>
    public static string For(ReleaseTraits target, string name) => target.RestrictsBranchNames ? Allowed(name) : name;

    /// <summary>One underscore for an empty name.</summary>
    private static string Allowed(string name) =>
        name.Length == 0 ? "_" : string.Concat(name.EnumerateRunes().Select(rune => IsAllowed(rune) ? rune.ToString() : "_"));

    private static bool IsAllowed(Rune rune) => rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value is '_' or '-');
}
