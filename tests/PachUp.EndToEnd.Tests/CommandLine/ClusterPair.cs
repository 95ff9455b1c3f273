using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.Sdk.Testing;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>A filled cluster of 1.8.7 and an empty cluster of 1.9.0 in the process of the test.</summary>
internal sealed class ClusterPair : IAsyncDisposable
{
    private readonly SandboxPair _clusters;

    private ClusterPair(SandboxPair clusters) => _clusters = clusters;

    public SandboxCluster Source => _clusters.Source.Cluster;

    public SandboxCluster Target => _clusters.Target.Cluster;

    /// <summary>The options with their addresses.</summary>
    public string[] Options => ["--source", Source.Address.ToString(), "--target", Target.Address.ToString()];

    /// <summary>The options with their peer ports.</summary>
    public string[] Peers => ["--source-peer", Source.PeerAddress.ToString(), "--target-peer", Target.PeerAddress.ToString()];

    public static async Task<ClusterPair> StartAsync(
        bool shareBucket = true, string archive = "1.8.7-world-full", string target = "1.9.0", bool exposesObjects = false)
    {
        var source = new SandboxOptions { ExposeObjectApi = exposesObjects, Release = new Release(1, 8, 7), Archive = Recordings.Archive(archive) };
        var clusters = await SandboxPair.StartAsync(source, source with { Release = Release.Parse(target), Archive = null }, shareBucket);
        return new ClusterPair(clusters);
    }

    /// <summary>Puts a large file with random content into the source.</summary>
    public async Task AddNoiseAsync(int megabytes)
    {
        var noise = new byte[megabytes * 1024 * 1024];
        new Random(1).NextBytes(noise);
        using var builder = new ClusterBuilder(Source.Address);
        await builder.CreateRepoAsync("large");
        await builder.CommitFileAsync("large", "master", "/noise", Convert.ToBase64String(noise));
    }

    public ValueTask DisposeAsync() => _clusters.DisposeAsync();
}
