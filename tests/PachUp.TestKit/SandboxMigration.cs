using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sandbox;
using PachUp.Sdk;

namespace PachUp.TestKit;

/// <summary>A migration between two sandboxes, as the host does it: pipelines stopped, the stream split in two.</summary>
/// <param name="Foresight">What was foreseen.</param>
/// <param name="Difference">How what arrived differs from that.</param>
public sealed record SandboxMigration(Foresight Foresight, InventoryDifference Difference)
{
    /// <summary>What nobody foresaw and is there all the same.</summary>
    public IEnumerable<InventoryItem> Surprises =>
        Difference.Added.Where(item => item.Kind != ItemKind.File && !Foresight.RecomputedRepos.Contains(item.Name.Split('@')[0]));

    /// <summary>Everything that is wrong with it: nothing, if the foresight was exact.</summary>
    public IEnumerable<InventoryItem> Mistakes => [.. Difference.Lost, .. Difference.Changed, .. Surprises];

    /// <summary>A sandbox with what pachd takes of a recorded archive.</summary>
    public static async Task<SandboxCluster> StartAsync(string release, string? archive = null)
    {
        var cluster = await SandboxCluster.StartAsync(new SandboxOptions { Release = Release.Parse(release) });
        try
        {
            if (archive is not null)
            {
                await cluster.FillAsync(Recordings.Archive(archive));
            }
        }
        catch (SandboxException)
        {
            // What came before the refused operation is there, as on a real server.
        }

        return cluster;
    }

    /// <summary>Migrates a cluster into a new, empty one.</summary>
    public static async Task<SandboxMigration> RunAsync(
        MigrationRoute route, SandboxCluster source, Release release, MigrationOptions? options = null)
    {
        options ??= MigrationOptions.Default;
        await using var target = await StartAsync(release.ToString());
        await using var from = PachdClient.Create(source.Address);
        await using var to = PachdClient.Create(target.Address);
        var inventory = await InventoryReader.ReadAsync(from, new InventoryOptions { ProbeFiles = true });
        var foresight = route.Foresee(inventory, release, options);

        await StopAsync(from, inventory.Pipelines);
        var rewriter = route.CreateRewriter(inventory, release, options);
        await RestoreAsync(to, await rewriter.RewriteAsync(from.ExtractAsync(includeObjects: true)).ToListAsync(), foresight);

        var arrived = await InventoryReader.ReadAsync(to, new InventoryOptions { ProbeFiles = true });
        return new SandboxMigration(foresight, InventoryDifference.Between(foresight.Expected, arrived, foresight.Comparison));
    }

    private static async Task RestoreAsync(PachdClient target, List<Operation> operations, Foresight foresight)
    {
        var commits = operations.FindIndex(operation => operation.Kind is OperationKind.Commit or OperationKind.Branch);
        var middle = commits < 0 ? operations.Count : commits;
        await target.RestoreAsync(operations[..middle].ToAsyncEnumerable());
        await StopAsync(target, foresight.Expected.Pipelines.Where(pipeline => pipeline.Stopped));
        await target.RestoreAsync(operations[middle..].ToAsyncEnumerable());
    }

    private static async Task StopAsync(PachdClient client, IEnumerable<PipelineInventory> pipelines)
    {
        foreach (var pipeline in pipelines)
        {
            await client.StopPipelineAsync(pipeline.Name);
        }
    }
}
