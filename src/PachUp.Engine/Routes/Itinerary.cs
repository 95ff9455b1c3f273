using System.Collections.Immutable;
using PachUp.Pachyderm;

namespace PachUp.Engine.Routes;

/// <summary>The answer to the question how to get from one release to another.</summary>
public sealed record Itinerary
{
    /// <summary>Where it starts.</summary>
    public required Release From { get; init; }

    /// <summary>Where it leads.</summary>
    public required Release To { get; init; }

    /// <summary>Whether there is a way.</summary>
    public required ItineraryOutcome Outcome { get; init; }

    /// <summary>Why there is none, or that there is nothing to do; empty where there is one.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The way, hop by hop; empty where there is none to go.</summary>
    public ImmutableArray<Hop> Hops { get; init; } = [];

    /// <summary>Other ways, the shortest first.</summary>
    public ImmutableArray<AlternativeWay> Alternatives { get; init; } = [];
}

/// <summary>Another way.</summary>
/// <param name="Hops">The way, hop by hop.</param>
/// <param name="Remark">What speaks for and against it.</param>
public sealed record AlternativeWay(ImmutableArray<Hop> Hops, string Remark);

/// <summary>How the search for a way can end.</summary>
public enum ItineraryOutcome
{
    /// <summary>There is a way.</summary>
    Found,

    /// <summary>It is there already.</summary>
    AlreadyThere,

    /// <summary>It would lead back.</summary>
    Back,

    /// <summary>Nobody knows a way.</summary>
    NoWay,
}
