using System.Text.RegularExpressions;

namespace PachUp.Sandbox;

/// <summary>Ids as pachd makes them: version 4 UUIDs without dashes.</summary>
internal static partial class Ids
{
    public static string New() => Guid.NewGuid().ToString("N");

    /// <summary>Whether pachd takes a text for the id of a commit; anything else is a branch to it.</summary>
    public static bool IsId(string text) => IdPattern().IsMatch(text);

    [GeneratedRegex("^[0-9a-f]{12}4[0-9a-f]{19}$")]
    private static partial Regex IdPattern();
}
