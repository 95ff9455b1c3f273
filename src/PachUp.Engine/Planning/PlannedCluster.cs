using System.Collections.Immutable;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>A cluster of a plan, with one connection that is opened when it is first asked for.</summary>
internal sealed class PlannedCluster(string name, ClusterAddress address, IPlatform platform) : ICluster, IAsyncDisposable
{
    private readonly Lazy<PachdClient> _client = new(() => PachdClient.Create(address));

    public string Name { get; } = name;

    public ClusterAddress Address { get; } = address;

    public IPlatform Platform { get; } = platform;

    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether its platform found it; the address is of this process only then.</summary>
    public bool IsReachedByPlatform { get; init; }

    /// <summary>Says what is missing where the platform would have to lead to a pachd that is not there: a call to it could not.</summary>
    /// <exception cref="StepFailedException">There is none.</exception>
    public async Task ThrowIfMissingAsync(CancellationToken cancellationToken)
    {
        if (IsReachedByPlatform && Platform is IReachingPlatform platform && !await platform.IsDeployedAsync(this, cancellationToken))
        {
            throw new StepFailedException($"there is no pachd in {Address.Label}", "Say where the cluster is: on Kubernetes with --namespace and --kube-context.");
        }
    }

    public PachdClient Connect() => _client.Value;

    public ValueTask DisposeAsync() => _client.IsValueCreated ? _client.Value.DisposeAsync() : ValueTask.CompletedTask;
}
