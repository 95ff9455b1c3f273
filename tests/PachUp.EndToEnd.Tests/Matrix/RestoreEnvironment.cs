using System.Security.Cryptography;
using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.Sandbox;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>A backup from the shipped plan, and an empty cluster with its own bucket.</summary>
internal sealed class RestoreEnvironment : MatrixEnvironment
{
    private const string BackupFile = "kept/backup.pachx";

    private readonly SandboxCluster _target;
    private readonly IReadOnlySet<string> _knownIds;

    private RestoreEnvironment(SandboxCluster target, IReadOnlySet<string> knownIds) => (_target, _knownIds) = (target, knownIds);

    public override Task<long> CountRepeatedAsync() => Task.FromResult(_target.RepeatedOperations);

    public static async Task<RestoreEnvironment> BuildAsync(MatrixPlan plan)
    {
        await using var source = await FilledSource.FillAsync(await StartClusterAsync(plan, plan.Source), plan.SourceArchive);
        var target = await StartClusterAsync(plan, plan.Target);
        var environment = new RestoreEnvironment(target, source.KnownIds)
        {
            Arguments =
            [
                "apply", plan.Path, "--target", target.Address.ToString(), .. plan.PeerOf("target", target.PeerAddress),
                "--set", $"backup={BackupFile}", .. plan.Options, "--yes",
            ],
        };
        await environment.MakeBackupAsync(plan, source.Cluster);
        return environment;
    }

    /// <summary>The source is the backup: each of its files, byte for byte.</summary>
    public override Task<string> SourceAsync() => Task.FromResult(string.Join('\n', Directory.EnumerateFiles(BackupFolder)
        .Order(StringComparer.Ordinal)
        .Select(file => $"{Path.GetFileName(file)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}")));

    public override Task<string> EverythingAsync() => InventoryText.OfAsync(_target, _knownIds);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _target.DisposeAsync();
    }

    private string BackupFolder => Directory.CreateDirectory(Path.Combine(Tool.WorkingDirectory, Path.GetDirectoryName(BackupFile)!)).FullName;

    private async Task MakeBackupAsync(MatrixPlan plan, SandboxCluster source)
    {
        using var maker = new Tool();
        var archive = Path.Combine(BackupFolder, Path.GetFileName(BackupFile));
        (await maker.RunAsync(["apply", "pachyderm-backup", "--source", source.Address.ToString(), .. plan.PeerOf("source", source.PeerAddress), "--set", $"archive={archive}", "--yes"])).Expect(0);
    }
}
