using System.Buffers;
using System.Text;

namespace PachUp.Pachyderm;

/// <summary>
/// How to write the path of one file in a call to pachd. GetFile, ListFile and GlobFile read the path as a pattern, so some characters are special.
/// InspectFile, WalkFile and PutFile read the path literally.
/// </summary>
public static class PathEscapes
{
    private const char Escape = '\\';

    // The special characters of extended globs, in addition to the characters that make a path a pattern.
    private const string ExtendedCharacters = "()@+^|";

    private static readonly SearchValues<char> SpecialSomewhere = SearchValues.Create("*?[]{}!()@+^|\\");

    /// <summary>The pattern that matches exactly one path.</summary>
    /// <param name="path">The path from a listing.</param>
    /// <param name="traits">The traits of the server's release.</param>
    public static string PatternOf(string path, ReleaseTraits traits)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(traits);
        var special = SpecialCharacters(traits);
        var first = path.AsSpan().IndexOfAny(special);
        if (first < 0)
        {
            return path;
        }

        // The first special character is put in braces. Braces make the path a pattern for every server; a backslash does not. Servers use the text before
        // the braces as a literal prefix to search a large tree, so it must not contain a backslash.
        var isGrouped = traits.GroupsMatchAllText || Ascii.IsValid(path);
        return isGrouped
            ? $"{path[..first]}{{{Escape}{path[first]}}}{WithBackslashes(path[(first + 1)..], special)}"
            : WithBackslashes(path, special);
    }

    /// <summary>The path as a user types it: with a backslash before each special character.</summary>
    /// <param name="path">The path from a listing.</param>
    /// <param name="traits">The traits of the server's release.</param>
    public static string Typed(string path, ReleaseTraits traits)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(traits);
        return WithBackslashes(path, SpecialCharacters(traits));
    }

    /// <summary>Whether a file can be read only with escapes in its path.</summary>
    /// <param name="path">The path from a listing.</param>
    /// <param name="traits">The traits of the server's release, 1.8 or later.</param>
    /// <param name="isOutput">Whether workers created its commit. Servers always read paths in such commits as patterns.</param>
    public static bool AreNeeded(string path, ReleaseTraits traits, bool isOutput)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(traits);
        return path.AsSpan().ContainsAny(isOutput ? SpecialCharacters(traits) : traits.GlobCharacters);
    }

    /// <summary>Why put-file of a release refuses a path; null if it accepts the path.</summary>
    /// <param name="path">The path from a listing.</param>
    /// <param name="traits">The traits of the server's release.</param>
    public static string? WhyRefused(string path, ReleaseTraits traits)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(traits);
        if (path.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return "only printable ASCII characters are allowed";
        }

        return path.AsSpan().IndexOfAny(traits.GlobCharacters) is var at and >= 0 ? $"\"{path[at]}\" is a glob character in this release" : null;
    }

    /// <summary>Whether every release reads a path literally.</summary>
    internal static bool IsPlain(string path) => !path.AsSpan().ContainsAny(SpecialSomewhere);

    private static string SpecialCharacters(ReleaseTraits traits) =>
        traits.GlobCharacters + Escape + (traits.HasExtendedGlobs ? ExtendedCharacters : "");

    private static string WithBackslashes(string path, string special)
    {
        var escaped = new StringBuilder(path.Length + special.Length);
        foreach (var character in path)
        {
            escaped.Append(special.Contains(character, StringComparison.Ordinal) ? $"{Escape}{character}" : $"{character}");
        }

        return escaped.ToString();
    }
}
