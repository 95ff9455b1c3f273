using System.Collections.Immutable;
using PachUp.Engine.Plans;
using PachUp.Pachyderm;

namespace PachUp.Engine.Routes;

/// <summary>One upgrade or migration on the path from one release to another.</summary>
public sealed record Hop
{
    /// <summary>Upgrade or migration.</summary>
    public required HopKind Kind { get; init; }

    /// <summary>The release before the hop.</summary>
    public required Release From { get; init; }

    /// <summary>The release after the hop.</summary>
    public required Release To { get; init; }

    /// <summary>The name of the recommended shipped plan; null if there is none.</summary>
    public string? Plan { get; init; }

    /// <summary>Other shipped plans for the same hop.</summary>
    public ImmutableArray<string> OtherPlans { get; init; } = [];

    /// <summary>Who cannot use the cluster during the plan.</summary>
    public Downtime Downtime { get; init; }

    /// <summary>Warnings to read before the hop, one sentence each.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];
}

/// <summary>Kinds of hops.</summary>
public enum HopKind
{
    /// <summary>To a later point release of the line.</summary>
    Upgrade,

    /// <summary>To a later line.</summary>
    Migrate,
}
