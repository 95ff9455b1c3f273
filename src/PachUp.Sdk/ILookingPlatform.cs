using System.Collections.Immutable;

namespace PachUp.Sdk;

/// <summary>A platform that can tell what is deployed, also where pachd does not answer.</summary>
public interface ILookingPlatform : IPlatform
{
    /// <summary>Looks. Reads only.</summary>
    /// <param name="settings">What the plan says about the cluster under <c>with:</c>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Fact by fact, what belongs together one after another. No fact holds a secret.</returns>
    /// <exception cref="StepFailedException">The platform cannot be asked; the message says why.</exception>
    Task<ImmutableArray<DeploymentFact>> LookAsync(ImmutableSortedDictionary<string, string> settings, CancellationToken cancellationToken);
}

/// <summary>Something about a deployment.</summary>
/// <param name="Topic">What it is about: <c>pachd</c>, <c>volume</c>, <c>service</c>.</param>
/// <param name="Text">The fact.</param>
public sealed record DeploymentFact(string Topic, string Text);
