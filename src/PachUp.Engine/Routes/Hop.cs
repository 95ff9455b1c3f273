using System.Collections.Immutable;
using PachUp.Engine.Plans;
using PachUp.Pachyderm;

namespace PachUp.Engine.Routes;

/// <summary>One leg of the way from one release to another.</summary>
public sealed record Hop
{
    /// <summary>What is done.</summary>
    public required HopKind Kind { get; init; }

    /// <summary>The release that it starts from.</summary>
    public required Release From { get; init; }

    /// <summary>The release that it leads to.</summary>
    public required Release To { get; init; }

    /// <summary>The name of the shipped plan that does it; null where none does.</summary>
    public string? Plan { get; init; }

    /// <summary>Other shipped plans that lead there too.</summary>
    public ImmutableArray<string> OtherPlans { get; init; } = [];

    /// <summary>For whom the cluster is away meanwhile, by the plan's steps.</summary>
    public Downtime Downtime { get; init; }

    /// <summary>What to know before, sentence by sentence.</summary>
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
