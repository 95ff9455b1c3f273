using System.Collections.Immutable;

namespace PachUp.Engine.Lookups;

/// <summary>What one place in a plan may look up.</summary>
internal sealed record LookupContext
{
    /// <summary>The place, in the words of messages: <c>a cluster's address</c>.</summary>
    public required string Place { get; init; }

    /// <summary>The roots that may stand there.</summary>
    public required ImmutableArray<string> Roots { get; init; }

    /// <summary>Whether a variable that is not set counts as empty. Otherwise it is a mistake.</summary>
    public bool UnsetIsEmpty { get; init; }

    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <summary>The steps before this place.</summary>
    public ImmutableArray<string> EarlierSteps { get; init; } = [];

    /// <summary>The step of this place and those after it.</summary>
    public ImmutableArray<string> LaterSteps { get; init; } = [];
}
