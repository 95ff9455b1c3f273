using System.Text.RegularExpressions;

namespace PachUp.Sdk.Testing.Rules;

/// <summary>Checks texts for users.</summary>
internal static partial class Texts
{
    /// <summary>Whether a text is a valid name: lower case with dashes.</summary>
    public static bool IsName(string text) => SimpleName().IsMatch(text);

    /// <summary>Whether a text is one or several sentences.</summary>
    public static bool IsSentence(string? text) => text is not null && text.TrimEnd() is [.., '.' or '!' or '?' or '"' or ')'] && text.Contains(' ');

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex SimpleName();
}
