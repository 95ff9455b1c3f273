using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Steps.Platforms;

namespace PachUp.Testing;

/// <summary>A context for checks without a plan: an inventory, and a server for the checks that need one.</summary>
public sealed record AskedContext : IStepContext
{
    public required Survey Survey { get; init; }

    public Release TargetRelease { get; init; } = new(1, 9, 12);

    public bool CarriesObjects { get; init; } = true;

    public string? ArchivePath { get; init; }

    public PachdClient? Server { get; init; }

    public PlanPurpose Purpose => PlanPurpose.Migration;

    public IPlatform? Platform { get; init; }

    public ICluster Source => new AskedCluster(Server, Platform);

    public ICluster Target => new AskedCluster(server: null, Platform);

    public bool IsInPlace => false;

    public MigrationRoute Route => throw new InvalidOperationException("these checks ask no route");

    public ImmutableArray<ICheck> Checks => [];

    public ILogger Log => NullLogger.Instance;

    /// <summary>A migration of this cluster in which nothing changes.</summary>
    public static AskedContext Of(ClusterInventory source) =>
        new() { Survey = new Survey { Source = source, ExpectedTarget = new ExpectedTarget { Inventory = source } } };

    private sealed class AskedCluster(PachdClient? server, IPlatform? platform) : ICluster
    {
        public string Name => "source";

        public ClusterAddress Address => Connect().Address;

        public IPlatform Platform => platform ?? new ExternalPlatform();

        public ImmutableSortedDictionary<string, string> Settings => throw new InvalidOperationException("these checks ask for no settings");

        public PachdClient Connect() => server ?? throw new InvalidOperationException("this check asks the inventory alone");
    }
}
