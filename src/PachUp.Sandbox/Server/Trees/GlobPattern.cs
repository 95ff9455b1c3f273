using System.Text.RegularExpressions;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Trees;

/// <summary>
/// A pattern of paths: <c>*</c> and <c>?</c> stay within one part of a path, <c>**</c> does not, <c>[a-c]</c> and <c>{a,b}</c> choose, and a backslash takes
/// the meaning from the character behind it. In later releases what stands in parentheses can be referred to, and <c>@ + * ? !</c> and <c>^</c> before
/// parentheses say how often one of the texts in them, divided by <c>|</c>, comes.
/// </summary>
internal sealed class GlobPattern
{
    private readonly Regex _regex;

    private GlobPattern(Regex regex) => _regex = regex;

    /// <param name="pattern">The pattern, as a client gave it.</param>
    /// <param name="hasGroups">Whether parentheses mean something.</param>
    /// <exception cref="PachdError">The pattern does not end where it has to.</exception>
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

    /// <summary>A text with references such as <c>$1</c> to what the parts in parentheses match in a path.</summary>
    public string Fill(string template, string path) => _regex.Match(path).Result(template);
}
