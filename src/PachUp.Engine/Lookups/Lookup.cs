using System.Collections.Immutable;

namespace PachUp.Engine.Lookups;

/// <summary>One <c>${...}</c> in a text.</summary>
/// <param name="Path">What stands between the braces, split at the dots.</param>
/// <param name="Offset">Where the dollar sign stands in the text.</param>
internal sealed record Lookup(ImmutableArray<string> Path, int Offset)
{
    public string Root => Path[0];

    public override string ToString() => $"${{{string.Join('.', Path)}}}";
}
