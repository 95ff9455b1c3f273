using System.Buffers;
using System.Text;

namespace PachUp.Pachyderm;

/// <summary>
/// How a client names one file to pachd. GetFile, ListFile and GlobFile take a pattern of paths, so that characters of a name can mean something;
/// InspectFile, WalkFile and PutFile take the path as it is.
/// </summary>
public static class PathEscapes
{
    private const char Escape = '\\';

    // What the patterns of releases with extended globs know beyond the characters that make a path a pattern.
    private const string ExtendedCharacters = "()@+^|";

    private static readonly SearchValues<char> SpecialSomewhere = SearchValues.Create("*?[]{}!()@+^|\\");

    /// <summary>The pattern that matches one path and no other.</summary>
    /// <param name="path">The path, as listings give it.</param>
    /// <param name="traits">The release that is asked.</param>
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

        // The first one stands in braces. They make the path a pattern for every server, also where a backslash alone does not; and servers look
        // in the part of a large tree that begins with what stands before the braces, into which no backslash may get.
        var isGrouped = traits.GroupsMatchAllText || Ascii.IsValid(path);
        return isGrouped
            ? $"{path[..first]}{{{Escape}{path[first]}}}{WithBackslashes(path[(first + 1)..], special)}"
            : WithBackslashes(path, special);
    }

    /// <summary>What people type for one path: a backslash before each character that means something.</summary>
    /// <param name="path">The path, as listings give it.</param>
    /// <param name="traits">The release that is asked.</param>
    public static string Typed(string path, ReleaseTraits traits)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(traits);
        return WithBackslashes(path, SpecialCharacters(traits));
    }

    /// <summary>Whether a file can be read only with escapes in its path.</summary>
    /// <param name="path">The path, as listings give it.</param>
    /// <param name="traits">The release that is asked; 1.8 or later.</param>
    /// <param name="isOutput">Whether workers made the commit that it is in: those paths are taken for patterns whatever they hold.</param>
    public static bool AreNeeded(string path, ReleaseTraits traits, bool isOutput)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(traits);
        return path.AsSpan().ContainsAny(isOutput ? SpecialCharacters(traits) : traits.GlobCharacters);
    }

    /// <summary>Why put-file of a release refuses a path; null where it takes it.</summary>
    /// <param name="path">The path, as listings give it.</param>
    /// <param name="traits">The release that is asked.</param>
    public static string? WhyRefused(string path, ReleaseTraits traits)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(traits);
        if (path.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return "only printable ASCII characters are allowed";
        }

        return path.AsSpan().IndexOfAny(traits.GlobCharacters) is var at and >= 0 ? $"\"{path[at]}\" is a glob character there" : null;
    }

    /// <summary>Whether a path means itself to every release.</summary>
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
