using System.Collections.Immutable;

namespace PachUp.Engine.Plans;

/// <summary>What the command line says about a plan. Everything is kept as it was typed, so no secret may be in it.</summary>
public sealed record PlanOverrides
{
    /// <summary>Nothing.</summary>
    public static PlanOverrides None { get; } = new();

    /// <summary>Values of <c>--set</c>, each <c>name=value</c>; the last one of a name counts.</summary>
    public ImmutableArray<string> Set { get; init; } = [];

    /// <summary>
    /// Where secret parameters have their values, after <c>--secret</c>: each <c>name=env:VARIABLE</c> or <c>name=file:PATH</c>; the last one of a
    /// name counts.
    /// </summary>
    public ImmutableArray<string> Secrets { get; init; } = [];

    /// <summary>The release after <c>--to</c>; null for the plan's own.</summary>
    public string? To { get; init; }

    /// <summary>The platform after <c>--platform</c>, of every cluster; null for the plan's own.</summary>
    public string? Platform { get; init; }

    /// <summary>What the command line says to the platform about every cluster.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What it says about the target alone.</summary>
    public ImmutableSortedDictionary<string, string> TargetSettings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The address after <c>--source</c>; null for the plan's own.</summary>
    public string? Source { get; init; }

    /// <summary>The address after <c>--target</c>; null for the plan's own.</summary>
    public string? Target { get; init; }

    /// <summary>The peer port after <c>--source-peer</c>; null for the plan's own.</summary>
    public string? SourcePeer { get; init; }

    /// <summary>The peer port after <c>--target-peer</c>; null for the plan's own.</summary>
    public string? TargetPeer { get; init; }
}
