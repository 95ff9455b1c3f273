using System.Collections.Immutable;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;
using PachUp.Steps.Platforms;

namespace PachUp.Testing;

/// <summary>A cluster of a plan, with one connection that is opened when it is first asked for.</summary>
/// <param name="name"><c>source</c> or <c>target</c>.</param>
/// <param name="address">Where it is.</param>
public sealed class StandInCluster(string name, ClusterAddress address) : ICluster, IAsyncDisposable
{
    private readonly Lazy<PachdClient> _client = new(() => PachdClient.Create(address));

    public string Name => name;

    public ClusterAddress Address => address;

    public IPlatform Platform { get; init; } = new ExternalPlatform();

    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>A cluster that nobody may talk to.</summary>
    public static StandInCluster Silent(string name) => new(name, new ClusterAddress { Host = name, Origin = $"--{name}" });

    public PachdClient Connect() => _client.Value;

    public ValueTask DisposeAsync() => _client.IsValueCreated ? _client.Value.DisposeAsync() : ValueTask.CompletedTask;
}
