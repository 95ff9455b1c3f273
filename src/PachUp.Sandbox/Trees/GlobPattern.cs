using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace PachUp.Sandbox.Trees;

/// <summary>
/// A pattern of paths: <c>*</c> and <c>?</c> stay within one part of a path, <c>**</c> does not, <c>[a-c]</c> and <c>{a,b}</c> choose,
/// and what stands in parentheses can be referred to.
/// </summary>
internal sealed class GlobPattern
{
    private static readonly SearchValues<char> Wildcards = SearchValues.Create("*?[]{}!()@+^\\");

    private readonly Regex _regex;

    private GlobPattern(Regex regex) => _regex = regex;

    public static bool IsPattern(string text) => text.AsSpan().ContainsAny(Wildcards);

    /// <exception cref="PachdError">The pattern does not end where it has to.</exception>
    public static GlobPattern Parse(string pattern)
    {
        try
        {
            return new GlobPattern(new Regex(Translate(pattern), RegexOptions.CultureInvariant | RegexOptions.Singleline));
        }
        catch (ArgumentException e)
        {
            throw new PachdError($"malformed glob \"{pattern}\": {e.Message}");
        }
    }

    public bool Matches(string path) => _regex.IsMatch(path);

    /// <summary>A text with references such as <c>$1</c> to what the parts in parentheses match in a path.</summary>
    public string Fill(string template, string path) => _regex.Match(path).Result(template);

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder("^");
        var depth = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when i + 1 < pattern.Length && pattern[i + 1] == '*':
                    regex.Append(".*");
                    i++;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '\\' when i + 1 < pattern.Length:
                    regex.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                case '[':
                    regex.Append(i + 1 < pattern.Length && pattern[i + 1] == '!' ? "[^" : "[");
                    i += i + 1 < pattern.Length && pattern[i + 1] == '!' ? 1 : 0;
                    break;
                case ']':
                    regex.Append(']');
                    break;
                case '{':
                    regex.Append("(?:");
                    depth++;
                    break;
                case '}' when depth > 0:
                    regex.Append(')');
                    depth--;
                    break;
                case ',' when depth > 0:
                    regex.Append('|');
                    break;
                case '-' or '(' or ')':
                    regex.Append(pattern[i]);
                    break;
                default:
                    regex.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        return regex.Append('$').ToString();
    }
}
