using System.Text;
using System.Text.RegularExpressions;

namespace PachUp.Sandbox.Server.Trees;

/// <summary>Translates a pattern of paths into a regular expression, character by character.</summary>
internal sealed class GlobTranslation(string pattern, bool hasGroups)
{
    private readonly StringBuilder _regex = new("^");
    private readonly Stack<string> _groups = new();
    private int _at;
    private int _braces;

    public string ToRegex()
    {
        for (_at = 0; _at < pattern.Length; _at++)
        {
            if (!TryOpenGroup() && !TryCloseGroup())
                Translate();
        }

        return _regex.Append('$').ToString();
    }

    private char? Next => _at + 1 < pattern.Length ? pattern[_at + 1] : null;

    /// <summary>A group, or a group with a character before it that says how often its content occurs.</summary>
    private bool TryOpenGroup()
    {
        if (!hasGroups)
            return false;

        var end = (pattern[_at], Next) switch
        {
            ('(', _) => ")",
            ('@', '(') => ")",
            ('*', '(') => ")*",
            ('+', '(') => ")+",
            ('?', '(') => ")?",
            ('!' or '^', '(') => "))[^/]*",
            _ => null,
        };
        if (end is null)
            return false;

        _regex.Append(end.StartsWith("))", StringComparison.Ordinal) ? "(?!(?:" : "(");
        _groups.Push(end.StartsWith("))", StringComparison.Ordinal) ? ")(?:/|$))[^/]*" : end);
        _at += pattern[_at] == '(' ? 0 : 1;
        return true;
    }

    private bool TryCloseGroup()
    {
        if (_groups.Count == 0 || pattern[_at] is not (')' or '|'))
            return false;

        _regex.Append(pattern[_at] == '|' ? "|" : _groups.Pop());
        return true;
    }

    private void Translate()
    {
        switch (pattern[_at])
        {
            case '*' when Next == '*':
                _regex.Append(".*");
                _at++;
                break;
            case '*':
                _regex.Append("[^/]*");
                break;
            case '?':
                _regex.Append("[^/]");
                break;
            case '\\' when Next is not null:
                _regex.Append(Regex.Escape(pattern[++_at].ToString()));
                break;
            case '[':
                _regex.Append(Next == '!' ? "[^" : "[");
                _at += Next == '!' ? 1 : 0;
                break;
            case ']' or '-':
                _regex.Append(pattern[_at]);
                break;
            case '{':
                _regex.Append("(?:");
                _braces++;
                break;
            case '}' when _braces > 0:
                _regex.Append(')');
                _braces--;
                break;
            case ',' when _braces > 0:
                _regex.Append('|');
                break;
            default:
                _regex.Append(Regex.Escape(pattern[_at].ToString()));
                break;
        }
    }
}
