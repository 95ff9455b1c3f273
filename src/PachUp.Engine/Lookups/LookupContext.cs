using System.Collections.Immutable;

namespace PachUp.Engine.Lookups;

/// <summary>The look-ups that are allowed at one place in a plan.</summary>
internal sealed record LookupContext
{
    /// <summary>The name of the place in messages: <c>a cluster's address</c>.</summary>
    public required string Place { get; init; }

    /// <summary>The roots that are allowed there.</summary>
    public required ImmutableArray<string> Roots { get; init; }

    /// <summary>Whether an environment variable that is not set counts as empty. Otherwise it is reported.</summary>
    public bool UnsetIsEmpty { get; init; }

    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <summary>The steps before this place.</summary>
    public ImmutableArray<string> EarlierSteps { get; init; } = [];

    /// <summary>The step of this place and those after it.</summary>
    public ImmutableArray<string> LaterSteps { get; init; } = [];
}
