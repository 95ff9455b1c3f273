using System.Collections.Immutable;

namespace PachUp.Engine.Plans;

/// <summary>Changes to a plan from the command line. They are stored as typed, so they must not contain a secret.</summary>
public sealed record PlanOverrides
{
    /// <summary>No changes.</summary>
    public static PlanOverrides None { get; } = new();

    /// <summary>The values of <c>--set</c>, each <c>name=value</c>. For a repeated name, the last value is used.</summary>
    public ImmutableArray<string> Set { get; init; } = [];

    /// <summary>
    /// The values of <c>--secret</c>: where the value of each secret parameter is, as <c>name=env:VARIABLE</c> or <c>name=file:PATH</c>. For a
    /// repeated name, the last one is used.
    /// </summary>
    public ImmutableArray<string> Secrets { get; init; } = [];

    /// <summary>The value of <c>--to</c>; null for the plan's own release.</summary>
    public string? To { get; init; }

    /// <summary>The value of <c>--platform</c>, for every cluster; null for the plan's own platforms.</summary>
    public string? Platform { get; init; }

    /// <summary>The platform settings for every cluster.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The platform settings for the target only.</summary>
    public ImmutableSortedDictionary<string, string> TargetSettings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The value of <c>--source</c>; null for the plan's own address.</summary>
    public string? Source { get; init; }

    /// <summary>The value of <c>--target</c>; null for the plan's own address.</summary>
    public string? Target { get; init; }

    /// <summary>The values of <c>--accept</c>: the names of the checks whose warnings are accepted, beside those that the plan accepts.</summary>
    public ImmutableArray<string> Accept { get; init; } = [];

    /// <summary>Whether <c>--in-place</c> was given: the target replaces the source at its address.</summary>
    public bool InPlace { get; init; }

    /// <summary>The value of <c>--source-peer</c>; null for the plan's own peer port.</summary>
    public string? SourcePeer { get; init; }

    /// <summary>The value of <c>--target-peer</c>; null for the plan's own peer port.</summary>
    public string? TargetPeer { get; init; }
}
