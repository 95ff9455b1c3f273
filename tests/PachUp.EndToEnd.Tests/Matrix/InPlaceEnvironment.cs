using PachUp.Sandbox;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>One address at which an <see cref="Operator"/> deploys the releases that the tool asks for.</summary>
internal sealed class InPlaceEnvironment : MatrixEnvironment
{
    private readonly FilledSource _old;
    private readonly FaultyProxy _address;
    private readonly FaultyProxy _peer;
    private readonly Operator _operator;
    private readonly TemporaryFolder _volumes;

    private InPlaceEnvironment(FilledSource old, FaultyProxy address, FaultyProxy peer, Operator whoDeploys, TemporaryFolder volumes) =>
        (_old, _address, _peer, _operator, _volumes) = (old, address, peer, whoDeploys, volumes);

    /// <summary>The new release starts with empty metadata and the bucket of the old release.</summary>
    public static async Task<InPlaceEnvironment> BuildMigrationAsync(MatrixPlan plan)
    {
        var old = await StartClusterAsync(plan, plan.Source, new SandboxObjectStore());
        return await BuildAsync(plan, old, () => StartClusterAsync(plan, plan.Target, old.ObjectStore), new TemporaryFolder());
    }

    /// <summary>The new release starts on a copy of the volumes of the old release, so that the old release can be restored.</summary>
    public static async Task<InPlaceEnvironment> BuildUpgradeAsync(MatrixPlan plan)
    {
        var volumes = new TemporaryFolder();
        var old = await StartClusterAsync(plan, new SandboxOptions { Release = plan.Source, DataDirectory = volumes.File("old") });
        return await BuildAsync(plan, old, StartUpgradedAsync, volumes);

        Task<SandboxCluster> StartUpgradedAsync()
        {
            Copy(new DirectoryInfo(volumes.File("old")), volumes.File("new"));
            return StartClusterAsync(plan, new SandboxOptions { Release = plan.Target, DataDirectory = volumes.File("new"), Upgrades = true });
        }
    }

    public override async Task<long> CountRepeatedAsync() => await _operator.FindNewAsync() is { } cluster ? cluster.RepeatedOperations : 0;

    public override Task<string> SourceAsync() => _old.WithoutRestartsAsync();

    public override async Task<string> EverythingAsync()
    {
        var target = await _operator.FindNewAsync();
        return $"{await _old.DescribeAsync()}\ntarget\n{await InventoryText.OfAsync(target!, _old.KnownIds)}";
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _operator.DisposeAsync();
        await _address.DisposeAsync();
        await _peer.DisposeAsync();
        await _old.DisposeAsync();
        _volumes.Dispose();
    }

    protected override void Hear(string line) => _operator.Hear(line);

    private static async Task<InPlaceEnvironment> BuildAsync(MatrixPlan plan, SandboxCluster old, Func<Task<SandboxCluster>> startNew, TemporaryFolder volumes)
    {
        var (address, peer) = (FaultyProxy.Start(old.Address.Port), FaultyProxy.Start(old.PeerAddress.Port));
        var source = await FilledSource.FillAsync(old, plan.SourceArchive);
        return new InPlaceEnvironment(source, address, peer, new Operator(address, peer, old, startNew), volumes)
        {
            Arguments = ["apply", plan.Path, "--in-place", "--source", address.Address.ToString(), .. plan.PeerOf("source", peer.Address), .. plan.Options, "--yes"],
        };
    }

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from.FullName, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            file.CopyTo(copy);
        }
    }
}
