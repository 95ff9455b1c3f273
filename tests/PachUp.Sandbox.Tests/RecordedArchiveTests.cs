using System.Text;
using PachUp.Pachyderm;
using PachUp.Sdk.Testing;
using PachUp.Testing;
using Snapshooter;
using Snapshooter.Xunit;

namespace PachUp.Sandbox.Tests;

public sealed class RecordedArchiveTests
{
    public static TheoryData<string> Releases => [.. SandboxReleases.All.Select(release => release.ToString())];

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Every_archive_of_the_same_or_an_older_release_is_restored_as_far_as_the_real_server_restores_it(string release)
    {
        var target = Release.Parse(release);
        var outcomes = new StringBuilder();
        foreach (var archive in Recordings.ArchiveNames.Concat(Recordings.ArchivesOfWorkers).Order(StringComparer.Ordinal).Where(archive => SourceOf(archive) <= target))
        {
            outcomes.AppendLine($"{archive}: {await RestoreAsync(archive, target)}");
        }

        Snapshot.Match(outcomes.ToString(), SnapshotNameExtension.Create(release));
    }

    [Theory]
    [InlineData("1.7.14", "1.8.7-world-full")]
    [InlineData("1.7.14", "1.9.12-world-metadata")]
    [InlineData("1.8.8", "1.9.0-world-full")]
    [InlineData("1.8.7", "1.9.12-world-full")]
    public async Task An_archive_of_a_newer_line_is_accepted_without_an_error_and_without_effect(string release, string archive)
    {
        await using var cluster = await Clusters.StartAsync(release, archive);
        using var channel = SandboxChannel.Open(cluster.Address);
        var repos = await new Pachyderm.Wire.Pfs.API.APIClient(channel).ListRepoAsync(new Pachyderm.Wire.Pfs.ListRepoRequest());

        Assert.Empty(repos.RepoInfo);
    }

    private static Release SourceOf(string archive) => Release.Parse(archive[..archive.IndexOf('-', StringComparison.Ordinal)]);

    private static async Task<string> RestoreAsync(string archive, Release release)
    {
        await using var sandbox = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = release });
        try
        {
            await sandbox.FillAsync(Recordings.Archive(archive));
            return "taken";
        }
        catch (SandboxException refusal)
        {
            return refusal.Message;
        }
    }
}
