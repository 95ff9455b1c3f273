using System.Globalization;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>A commit or branch with steps back: <c>master^^</c> or <c>master~2</c>, and in 1.9 <c>master.1</c>, which counts from the first commit.</summary>
/// <param name="Name">The id or branch.</param>
/// <param name="Steps">Commits to go back; a negative number counts from the first commit.</param>
internal readonly record struct Ancestry(string Name, int Steps)
{
    /// <param name="text">The text of the client.</param>
    /// <param name="countsFromFirst">Whether the release reads the dot, and refuses mixed characters.</param>
    /// <exception cref="PachdError">The release refuses it.</exception>
    public static Ancestry Parse(string text, bool countsFromFirst)
    {
        var at = text.AsSpan().IndexOfAny(countsFromFirst ? "^~." : "^~");
        if (at < 0)
            return new Ancestry(text, 0);

        var (separator, rest) = (text[at], text[(at + 1)..]);
        var sign = separator == '.' ? -1 : 1;
        if (int.TryParse(rest, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var steps))
            return new Ancestry(text[..at], sign * steps);

        var other = rest.AsSpan().IndexOfAnyExcept(separator);
        if (other < 0)
            return new Ancestry(text[..at], sign * (text.Length - at));

        return countsFromFirst
            ? throw new PachdError($"invalid ancestry syntax \"{text}\", cannot mix {separator} and {rest[other]} characters")
            : new Ancestry(text, 0);
    }

    /// <summary>A name with an underscore for each character that 1.9 refuses.</summary>
    public static string Sanitize(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));
}
