using System.Buffers;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Trees;

/// <summary>Which paths a release reads as patterns.</summary>
/// <param name="Characters">The characters that make a path a pattern. A backslash is not one of them: in a path without these it is part of a name.</param>
/// <param name="HasGroups">Whether parentheses make groups in a pattern.</param>
internal sealed record GlobSyntax(string Characters, bool HasGroups)
{
    private readonly SearchValues<char> _characters = SearchValues.Create(Characters);

    public bool IsPattern(string path) => path.AsSpan().ContainsAny(_characters);

    /// <summary>The first character that makes a path a pattern; null where there is none.</summary>
    public char? FirstIn(string path) => path.AsSpan().IndexOfAny(_characters) is >= 0 and var at ? path[at] : null;

    /// <exception cref="PachdError">The pattern is malformed.</exception>
    public GlobPattern Parse(string pattern) => GlobPattern.Parse(pattern, HasGroups);
}
