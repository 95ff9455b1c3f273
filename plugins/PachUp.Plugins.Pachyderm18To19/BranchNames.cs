using System.Text;

namespace PachUp.Plugins.Pachyderm18To19;

/// <summary>What 1.9 allows as a branch name: letters, digits, underscores and dashes, at least one of them. 1.8 allows everything.</summary>
internal static class BranchNames
{
    /// <summary>The name with an underscore for each character that 1.9 refuses; one underscore for an empty name.</summary>
    public static string Allowed(string name) =>
        name.Length == 0 ? "_" : string.Concat(name.EnumerateRunes().Select(rune => IsAllowed(rune) ? rune.ToString() : "_"));

    private static bool IsAllowed(Rune rune) => rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value is '_' or '-');
}
