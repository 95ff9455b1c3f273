using System.Globalization;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>A commit or branch, and how many commits before it: <c>master^^</c>, <c>master~2</c>, and in 1.9 <c>master.1</c>, counted from the first.</summary>
/// <param name="Name">The id or branch.</param>
/// <param name="Steps">Commits to go back; below zero, commits from the first one.</param>
internal readonly record struct Ancestry(string Name, int Steps)
{
    /// <param name="text">What a client gave.</param>
    /// <param name="countsFromFirst">Whether the release knows the dot, and refuses what it cannot read.</param>
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

    /// <summary>A name with what 1.9 refuses in it replaced.</summary>
    public static string Sanitize(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));
}
