using System.Collections.Immutable;

namespace PachUp.Sdk.Platforms;

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
/// <param name="topic">The topic: <c>pachd</c>, <c>volume</c>, <c>service</c>.</param>
/// <param name="text">The fact.</param>
public sealed class DeploymentFact(string topic, string text)
{
    /// <summary>The topic: <c>pachd</c>, <c>volume</c>, <c>service</c>.</summary>
    public string Topic => topic;

    /// <summary>The fact.</summary>
    public string Text => text;
}
