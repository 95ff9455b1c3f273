using System.Collections.Immutable;

namespace PachUp.Sdk;

/// <summary>Arguments of a step that accept the warnings of some checks.</summary>
public interface IAcceptsChecks
{
    /// <summary>The names of these checks.</summary>
    ImmutableArray<string> Accept { get; }
}
