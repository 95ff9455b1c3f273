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

    public PachdClient Connect() => _client.Value;

    public ValueTask DisposeAsync() => _client.IsValueCreated ? _client.Value.DisposeAsync() : ValueTask.CompletedTask;
}
