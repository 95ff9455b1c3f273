using System.Collections.Immutable;

namespace PachUp.Sdk;

/// <summary>A platform that can describe a deployment, also when pachd does not answer.</summary>
public interface ILookingPlatform : IPlatform
{
    /// <summary>Describes the deployment. It only reads.</summary>
    /// <param name="settings">The plan's settings for the cluster, under <c>with:</c>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The facts; related facts follow each other. No fact contains a secret.</returns>
    /// <exception cref="StepFailedException">The platform cannot be asked; the message says why.</exception>
    Task<ImmutableArray<DeploymentFact>> LookAsync(ImmutableSortedDictionary<string, string> settings, CancellationToken cancellationToken);
}

/// <summary>A fact about a deployment.</summary>
/// <param name="Topic">The topic: <c>pachd</c>, <c>volume</c>, <c>service</c>.</param>
/// <param name="Text">The fact.</param>
public sealed record DeploymentFact(string Topic, string Text);
