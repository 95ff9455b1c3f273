namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>The cluster of a backup plan.</summary>
internal sealed class BackupEnvironment : MatrixEnvironment
{
    /// <summary>The path of the backup.</summary>
    private const string BackupFile = "backup.pachx";

    private readonly FilledSource _source;

    private BackupEnvironment(FilledSource source) => _source = source;

    public override Task<long> CountRepeatedAsync() => Task.FromResult(0L);

    public static async Task<BackupEnvironment> BuildAsync(MatrixPlan plan)
    {
        var source = await FilledSource.FillAsync(await StartClusterAsync(plan, plan.Source), plan.SourceArchive);
        return new BackupEnvironment(source)
        {
            Arguments = ["apply", plan.Path, "--source", source.Cluster.Address.ToString(), .. plan.PeerOf("source", source.Cluster.PeerAddress), .. plan.Options, "--yes"],
        };
    }

    public override Task<string> SourceAsync() => _source.WithoutRestartsAsync();

    public override async Task<string> EverythingAsync() =>
        $"{await _source.DescribeAsync()}\nbackup\n{await InventoryText.OfArchiveAsync(Path.Combine(Tool.WorkingDirectory, BackupFile), _source.KnownIds)}";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _source.DisposeAsync();
    }
}
