using System.Text.RegularExpressions;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Trees;

/// <summary>Paths in hash trees: a slash before each part, none at the end; the root is the empty text.</summary>
internal static partial class TreePaths
{
    public static string Clean(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part == "..")
                parts = parts.Count > 0 ? parts[..^1] : parts;
            else if (part is not ("" or "."))
                parts.Add(part);
        }

        return string.Concat(parts.Select(part => "/" + part));
    }

    /// <summary>The path as clients see it, where the root is a slash.</summary>
    public static string External(string path) => path.Length == 0 ? "/" : path;

    public static string Join(string path, string name) => Clean(path + "/" + name);

    public static string Parent(string path) => path[..Math.Max(path.LastIndexOf('/'), 0)];

    public static string Base(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <exception cref="PachdError">pachd does not accept it as the path of a file.</exception>
    public static void Validate(string path, GlobSyntax globs)
    {
        var clean = Clean(path);
        if (!PrintableAscii().IsMatch(clean))
            throw new PachdError($"path ({clean}) invalid: only printable ASCII characters allowed");

        if (globs.FirstIn(clean) is { } character)
            throw new PachdError($"path ({clean}) invalid: globbing character ({character}) not allowed in path");
    }

    [GeneratedRegex("^[ -~]+$")]
    private static partial Regex PrintableAscii();
}
