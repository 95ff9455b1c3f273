using System.Collections.Immutable;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Engine.Planning;

/// <summary>A cluster of a plan, with one connection that is opened at its first use.</summary>
internal sealed class PlannedCluster(string name, ClusterAddress address, IPlatform platform) : ICluster, IAsyncDisposable
{
    private readonly Lazy<PachdClient> _client = new(() => PachdClient.Create(address));

    public string Name { get; } = name;

    public ClusterAddress Address { get; } = address;

    public IPlatform Platform { get; } = platform;

    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether the platform found the cluster. Then the address works in this process only.</summary>
    public bool IsReachedByPlatform { get; init; }

    /// <summary>Fails with a clear message if the platform has no pachd for this cluster. A call to pachd could not give that message.</summary>
    /// <exception cref="StepFailedException">There is no pachd.</exception>
    public async Task ThrowIfMissingAsync(CancellationToken cancellationToken)
    {
        if (IsReachedByPlatform && Platform is IReachingPlatform platform && !await platform.IsDeployedAsync(this, cancellationToken))
        {
            var trouble = await platform.ExplainAbsenceAsync(this, cancellationToken);
            throw new StepFailedException(trouble.Found, trouble.Remedy);
        }
    }

    public PachdClient Connect() => _client.Value;

    public ValueTask DisposeAsync() => _client.IsValueCreated ? _client.Value.DisposeAsync() : ValueTask.CompletedTask;
}
