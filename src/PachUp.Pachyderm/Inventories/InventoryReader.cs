using System.Collections.Immutable;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Pachyderm.Inventories;

/// <summary>Reads the inventory of a running cluster. It only uses calls that read.</summary>
public static class InventoryReader
{
    private const int CallsAtOnce = 8;
    private const int ItemsBetweenNews = 10_000;

    /// <summary>Reads the whole cluster.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="options">What to read in addition to the metadata.</param>
    /// <param name="progress">Receives the progress, on the thread that reads.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PachdException">The server cannot list an item or cannot read a file. The message names it.</exception>
    public static async Task<ClusterInventory> ReadAsync(
        PachdClient client, InventoryOptions options, IProgress<InventoryProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var inventory = await ReadMetadataAsync(client, progress, cancellationToken).ConfigureAwait(false);
        return await AddAsync(client, inventory, options, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads what is in addition to the metadata, for a whole cluster or a part of it.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="inventory">The metadata. Only files of its commits are read.</param>
    /// <param name="options">What to read.</param>
    /// <param name="progress">Receives the progress, on the thread that reads.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The inventory with the additions.</returns>
    /// <exception cref="PachdException">The server cannot read a file. The message names it.</exception>
    public static async Task<ClusterInventory> AddAsync(
        PachdClient client, ClusterInventory inventory, InventoryOptions options, IProgress<InventoryProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (options.CountObjects && (await client.FindObjectAccessAsync(cancellationToken).ConfigureAwait(false)).IsThere)
        {
            inventory = inventory with
            {
                Objects = await CountAsync(client.ListObjectsAsync(cancellationToken), "objects", progress, cancellationToken).ConfigureAwait(false),
                Tags = await CountAsync(client.ListTagsAsync(cancellationToken), "tags", progress, cancellationToken).ConfigureAwait(false),
            };
        }

        if (options.FindHeaders && ReleaseTraits.Of(inventory.Release).HasDirectoryHeaders)
        {
            inventory = inventory with { Headers = await new HeaderReader(client, progress).ReadAsync(inventory, cancellationToken).ConfigureAwait(false) };
        }

        return options.ProbeFiles
            ? inventory with { Probes = await ProbeAsync(client, inventory, progress, cancellationToken).ConfigureAwait(false) }
            : inventory;
    }

    private static async Task<ClusterInventory> ReadMetadataAsync(
        PachdClient client, IProgress<InventoryProgress>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(new InventoryProgress("listing repos and pipelines"));
        var release = await client.GetReleaseAsync(cancellationToken).ConfigureAwait(false);
        var clusterId = await client.GetClusterIdAsync(cancellationToken).ConfigureAwait(false);
        var repos = await client.ListReposAsync(cancellationToken).ConfigureAwait(false);
        var pipelines = await client.ListPipelinesAsync(cancellationToken).ConfigureAwait(false);
        var listed = new ItemCount(progress, "listing the cluster", repos.Count, "repos");
        return new ClusterInventory
        {
            Release = release,
            ClusterId = clusterId,
            Pipelines = [.. pipelines.Select(InventoryMapping.ToInventory).OrderBy(pipeline => pipeline.Name, StringComparer.Ordinal)],
            Repos =
            [
                .. await SelectAsync(
                    [.. repos.OrderBy(repo => repo.Repo.Name, StringComparer.Ordinal)],
                    repo => ReadRepoAsync(client, repo, listed, cancellationToken),
                    cancellationToken).ConfigureAwait(false),
            ],
        };
    }

    private static async Task<RepoInventory> ReadRepoAsync(
        PachdClient client, RepoInfo repo, ItemCount listed, CancellationToken cancellationToken)
    {
        var branches = await client.ListBranchesAsync(repo.Repo.Name, cancellationToken).ConfigureAwait(false);
        var commits = await client.ListCommitsAsync(repo.Repo.Name, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        listed.Add();
        return InventoryMapping.ToInventory(repo, branches, commits);
    }

    private static async Task<long> CountAsync<T>(
        IAsyncEnumerable<T> items, string plural, IProgress<InventoryProgress>? progress, CancellationToken cancellationToken)
    {
        var count = 0L;
        progress?.Report(new InventoryProgress("counting", count, Unit: plural));
        await foreach (var _ in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (++count % ItemsBetweenNews == 0)
            {
                progress?.Report(new InventoryProgress("counting", count, Unit: plural));
            }
        }

        return count;
    }

    private static async Task<ImmutableArray<FileProbe>> ProbeAsync(
        PachdClient client, ClusterInventory inventory, IProgress<InventoryProgress>? progress, CancellationToken cancellationToken)
    {
        var heads = (
            from repo in inventory.Repos
            let finished = repo.Commits.Where(commit => !commit.IsOpen).Select(commit => commit.Id).ToHashSet(StringComparer.Ordinal)
            from branch in repo.Branches
            where branch.Head is not null && finished.Contains(branch.Head)
            group branch.Name by (Repo: repo.Name, Head: branch.Head)).ToList();
        var reader = new ProbeReader(client, new ItemCount(progress, "reading sample files", heads.Count, "branch heads"));
        var probes = await SelectAsync(
            [.. heads],
            head => reader.ReadAsync(head.Key.Repo, head.Key.Head, [.. head], cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return
        [
            .. from probe in probes.SelectMany(probesOfHead => probesOfHead)
               orderby new BranchName(probe.Repo, probe.Branch)
               select probe,
        ];
    }

    /// <summary>The results in the order of the items. The number of parallel calls is limited.</summary>
    private static async Task<TResult[]> SelectAsync<T, TResult>(
        IReadOnlyList<T> items, Func<T, Task<TResult>> select, CancellationToken cancellationToken)
    {
        var results = new TResult[items.Count];
        var limit = new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(
            0, items.Count, limit, async (index, _) => results[index] = await select(items[index]).ConfigureAwait(false)).ConfigureAwait(false);
        return results;
    }
}

/// <summary>What an inventory contains in addition to the metadata.</summary>
public sealed record InventoryOptions
{
    /// <summary>Only metadata.</summary>
    public static InventoryOptions MetadataOnly { get; } = new();

    /// <summary>Whether to count objects and tags, if the connection can access them.</summary>
    public bool CountObjects { get; init; }

    /// <summary>Whether to find directories with a header or a footer, if the release has them.</summary>
    public bool FindHeaders { get; init; }

    /// <summary>
    /// Whether to read one file of every finished branch head completely. The smallest of the first files in the tree is chosen, so that this stays fast
    /// on a large cluster.
    /// </summary>
    public bool ProbeFiles { get; init; }
}
