using System.Text.Json;
using PachUp.Cli;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sandbox;
using PachUp.Testing;

namespace PachUp.Tests.Commands.Plans.Rehearse;

public sealed class RehearseCommandTests : IDisposable
{
    private const string Plan = "pachyderm-1.8.7-to-1.9.0";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pachup-rehearse-");

    private string KeptDirectory => Path.Combine(_directory.FullName, "kept");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void An_archive_answers_only_checks_that_need_no_cluster()
    {
        var rehearsal = Rehearsal.Run(Plan, "--archive", Recordings.Archive("1.8.8-stopped-metadata"), "--output", "json");

        var answer = JsonDocument.Parse(rehearsal.Answer).RootElement;
        var checks = answer.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("check").GetString()).ToList();
        Assert.Equal("done", answer.GetProperty("outcome").GetString());
        Assert.Contains("open-commits", checks);
        Assert.Empty(checks.Intersect(["auth", "unfinished-jobs", "source-readable", "target-empty", "target-release", "same-cluster", "shared-bucket"]));
    }

    [Fact]
    public async Task A_live_cluster_is_only_read_and_the_archive_of_the_plan_is_not_written()
    {
        await using var source = await StartAsync(new Release(1, 8, 8), "1.8.8-world-full");

        var rehearsal = Rehearsal.Run(Plan, "--source", source.Address.ToString(), "--to", "1.9.3", "--set", $"archive={KeptDirectory}/source.pachx");

        Assert.Equal(ExitCode.Done, rehearsal.ExitCode);
        Assert.Contains("The rehearsal succeeded.", rehearsal.Answer, StringComparison.Ordinal);
        Assert.Contains("simulated by a sandbox of 1.9.0", rehearsal.Answer, StringComparison.Ordinal);
        Assert.Equal(0, source.WriteCalls);
        Assert.Empty(_directory.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task An_upgrade_is_rehearsed_on_what_the_cluster_holds()
    {
        await using var source = await StartAsync(new Release(1, 8, 7), "1.8.7-world-full");

        var rehearsal = Rehearsal.Run("pachyderm-upgrade-point-release", "--source", source.Address.ToString(), "--to", "1.8.8");

        Assert.Equal(ExitCode.Done, rehearsal.ExitCode);
        Assert.Contains("Arrived: repos 33 of 33", rehearsal.Answer, StringComparison.Ordinal);
        Assert.Equal(0, source.WriteCalls);
    }

    [Fact]
    public async Task The_size_of_objects_is_measured_where_they_are_sent_along()
    {
        await using var source = await StartAsync(new Release(1, 8, 7), "1.8.7-world-full");

        var rehearsal = Rehearsal.Run(Plan, "--source", source.Address.ToString(), "--set", "objects=true", "--output", "json");

        var estimate = JsonDocument.Parse(rehearsal.Answer).RootElement.GetProperty("estimate");
        Assert.Equal(0, source.WriteCalls);
        Assert.Equal(await ObjectBytesAsync(source), estimate.GetProperty("objectBytes").GetInt64());
    }

    [Fact]
    public async Task The_point_release_check_uses_the_real_release()
    {
        await using var source = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 8, 7), StatedRelease = new Release(1, 8, 5) });

        var rehearsal = Rehearsal.Run(Plan, "--source", source.Address.ToString());

        Assert.Equal(ExitCode.Refused, rehearsal.ExitCode);
        Assert.Contains("The source is 1.8.5; this plan accepts 1.8.7", string.Join(' ', rehearsal.Answer.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_run_of_a_rehearsal_can_be_kept()
    {
        var rehearsal = Rehearsal.Run(Plan, "--archive", Recordings.Archive("1.8.7-open-full"), "--keep", KeptDirectory);

        Assert.Equal(ExitCode.Done, rehearsal.ExitCode);
        Assert.Single(Directory.EnumerateDirectories(Path.Combine(KeptDirectory, "runs")));
        Assert.Equal(ExitCode.UsedWrongly, Rehearsal.Run(Plan, "--archive", Recordings.Archive("1.8.7-open-full"), "--keep", KeptDirectory).ExitCode);
    }

    [Fact]
    public void A_missing_archive_is_a_usage_error()
    {
        var rehearsal = Rehearsal.Run(Plan, "--archive", "no-such-archive.snappy");

        Assert.Equal(ExitCode.UsedWrongly, rehearsal.ExitCode);
        Assert.Contains("there is no archive", Unwrapped(rehearsal.Messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.8.7-empty", ExitCode.Failed, "is empty")]
    [InlineData("1.8.7-mixed-with-1.7.14", ExitCode.Failed, "cannot be used")]
    public void An_archive_that_cannot_be_rehearsed_is_reported(string archive, int exitCode, string message)
    {
        var rehearsal = Rehearsal.Run(Plan, "--archive", Recordings.Archive(archive));

        Assert.Equal(exitCode, rehearsal.ExitCode);
        Assert.Contains(message, Unwrapped(rehearsal.Messages), StringComparison.Ordinal);
        Assert.Empty(rehearsal.Answer);
    }

    [Theory]
    [InlineData("--source and --archive cannot be used together", "--archive", "a", "--source", "b")]
    [InlineData("--release needs --archive", "--release", "1.8.7")]
    [InlineData("\"x\" is not a release", "--release", "x", "--archive", "1.8.7-open-full")]
    public void Options_that_cannot_be_used_together_are_reported(string message, params string[] options)
    {
        var rehearsal = Rehearsal.Run([Plan, .. options.Select(option => Recordings.ArchiveNames.Contains(option) ? Recordings.Archive(option) : option)]);

        Assert.Equal(ExitCode.UsedWrongly, rehearsal.ExitCode);
        Assert.Contains(message, rehearsal.Messages, StringComparison.Ordinal);
    }

    private static async Task<long> ObjectBytesAsync(SandboxCluster cluster)
    {
        await using var client = PachdClient.Create(cluster.Address);
        var bytes = 0L;
        await foreach (var hash in client.ListObjectsAsync())
        {
            bytes += await client.GetObjectSizeAsync(hash);
        }

        return bytes;
    }

    private static async Task<SandboxCluster> StartAsync(Release release, string archive)
    {
        var cluster = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = release });
        await cluster.FillAsync(Recordings.Archive(archive));
        return cluster;
    }

    /// <summary>What was said, without line breaks: where they come depends on the length of paths.</summary>
    private static string Unwrapped(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
