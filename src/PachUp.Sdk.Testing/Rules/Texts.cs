using System.Text.RegularExpressions;

namespace PachUp.Sdk.Testing.Rules;

/// <summary>What texts for people have to look like.</summary>
internal static partial class Texts
{
    /// <summary>Whether it is a name as people accept or look it up: lower case with dashes.</summary>
    public static bool IsName(string text) => SimpleName().IsMatch(text);

    /// <summary>Whether it is a sentence, or several.</summary>
    public static bool IsSentence(string? text) => text is not null && text.TrimEnd() is [.., '.' or '!' or '?' or '"' or ')'] && text.Contains(' ');

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex SimpleName();
}
