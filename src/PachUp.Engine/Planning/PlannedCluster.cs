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

    public PachdClient Connect() => _client.Value;

    public ValueTask DisposeAsync() => _client.IsValueCreated ? _client.Value.DisposeAsync() : ValueTask.CompletedTask;
}
