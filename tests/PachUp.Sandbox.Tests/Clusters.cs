using Microsoft.Extensions.Time.Testing;
using PachUp.Pachyderm;
using PachUp.Testing;

namespace PachUp.Sandbox.Tests;

/// <summary>Clusters to test.</summary>
internal static class Clusters
{
    /// <summary>Before the start of every recorded cron input, so that none ticks.</summary>
    private static readonly DateTimeOffset Start = new(2019, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A running cluster whose time stands still.</summary>
    /// <param name="release">Its release.</param>
    /// <param name="archive">The recorded archive that it holds; none for an empty cluster.</param>
    /// <param name="store">The bucket that it uses; a new one if none is named.</param>
    public static async Task<SandboxCluster> StartAsync(string release, string? archive = null, SandboxObjectStore? store = null)
    {
        var cluster = await SandboxCluster.StartAsync(new SandboxOptions
        {
            ExposeObjectApi = true,
            Release = Release.Parse(release),
            ObjectStore = store,
            TimeProvider = new FakeTimeProvider(Start),
        });
        if (archive is not null)
            await cluster.FillAsync(Recordings.Archive(archive));

        return cluster;
    }
}
