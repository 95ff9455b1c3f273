using System.Text.RegularExpressions;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Trees;

/// <summary>
/// A pattern of paths. <c>*</c> and <c>?</c> match within one part of a path, <c>**</c> matches across parts, <c>[a-c]</c> and <c>{a,b}</c> are
/// alternatives, and a backslash escapes the next character. In later releases parentheses make a group that <c>$1</c> can refer to; <c>@ + * ? !</c> and
/// <c>^</c> before the parentheses say how often one of the alternatives in them, divided by <c>|</c>, occurs.
/// </summary>
internal sealed class GlobPattern
{
    private readonly Regex _regex;

    private GlobPattern(Regex regex) => _regex = regex;

    /// <param name="pattern">The pattern, as a client gave it.</param>
    /// <param name="hasGroups">Whether parentheses make groups.</param>
    /// <exception cref="PachdError">The pattern is malformed.</exception>
    public static GlobPattern Parse(string pattern, bool hasGroups)
    {
        try
        {
            return new GlobPattern(new Regex(new GlobTranslation(pattern, hasGroups).ToRegex(), RegexOptions.CultureInvariant | RegexOptions.Singleline));
        }
        catch (ArgumentException e)
        {
            throw new PachdError($"malformed glob \"{pattern}\": {e.Message}");
        }
    }

    public bool Matches(string path) => _regex.IsMatch(path);

    /// <summary>Replaces references such as <c>$1</c> in a text by what the groups match in a path.</summary>
    public string Fill(string template, string path) => _regex.Match(path).Result(template);
}
