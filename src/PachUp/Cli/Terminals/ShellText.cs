using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PachUp.Common.Text;

namespace PachUp.Cli.Terminals;

/// <summary>Command lines that people copy into a shell.</summary>
internal static partial class ShellText
{
    /// <summary>An argument as a POSIX shell reads it, quoted if needed. Characters that are not visible are escaped as bash and zsh read them.</summary>
    public static string Quote(string argument) =>
        Plain().IsMatch(argument) ? argument
        : SafeText.IsSafe(argument) ? $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'"
        : $"$'{string.Concat(argument.EnumerateRunes().Select(EscapeInShell))}'";

    /// <summary>
    /// A command in lines of at most <paramref name="width"/> columns that end in a backslash, so that all of it can be copied at once. An
    /// option stays on one line with its value, and no argument is ever broken.
    /// </summary>
    public static IEnumerable<string> Wrap(IEnumerable<string> arguments, int width) => WrapWritten(arguments.Select(Quote), width);

    /// <summary>The same for words as they are written in a shell, quotes and redirections included.</summary>
    public static IEnumerable<string> WrapWritten(IEnumerable<string> words, int width)
    {
        var line = new StringBuilder();
        foreach (var word in Pair(words))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length + 2 > width)
            {
                yield return line.Append(" \\").ToString();
                line.Clear().Append("   ");
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }

    private static IEnumerable<string> Pair(IEnumerable<string> arguments)
    {
        string? option = null;
        foreach (var argument in arguments)
        {
            var isOption = argument.StartsWith("--", StringComparison.Ordinal);
            if (option is not null && !isOption)
            {
                yield return $"{option} {argument}";
                option = null;
                continue;
            }

            if (option is not null)
            {
                yield return option;
            }

            option = isOption ? argument : null;
            if (!isOption)
            {
                yield return argument;
            }
        }

        if (option is not null)
        {
            yield return option;
        }
    }

    /// <summary>A character between <c>$'</c> and <c>'</c>, as bash, zsh and ksh read it.</summary>
    private static string EscapeInShell(Rune character) => character switch
    {
        { Value: '\'' or '\\' } => $"\\{character}",
        _ when SafeText.IsSafe(character.ToString()) => character.ToString(),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\U{character.Value:x8}"),
    };

    [GeneratedRegex("^[A-Za-z0-9_@%+=:,./-]+$")]
    private static partial Regex Plain();
}
