using System.Collections.Immutable;

namespace PachUp.Engine.Lookups;

/// <summary>One <c>${...}</c> in a text.</summary>
/// <param name="Path">The text between the braces, split at the dots.</param>
/// <param name="Offset">The position of the dollar sign in the text.</param>
internal sealed record Lookup(ImmutableArray<string> Path, int Offset)
{
    public string Root => Path[0];

    public override string ToString() => $"${{{string.Join('.', Path)}}}";
}
