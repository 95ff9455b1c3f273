using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Sandbox;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

public sealed class ExtractRestoreTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("1.8.7")]
    [InlineData("1.9.12")]
    public async Task What_was_extracted_is_restored_into_a_cluster_of_the_same_line_or_of_a_later_one(string target)
    {
        await using var source = await SourceAsync();
        await using var empty = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = Release.Parse(target) });

        (await _tool.RunAsync("extract", "--source", source.Address.ToString(), "--archive", "backup.pachx")).Expect(0);
        var restored = await _tool.RunAsync("restore", "backup.pachx", "--target", empty.Address.ToString(), "--yes");
        var again = await _tool.RunAsync("restore", "backup.pachx", "--target", empty.Address.ToString(), "--yes");

        Assert.Equal(0, source.WriteCalls);
        restored.Expect(0).Answers("Arrived: repos 3 of 3");
        again.Expect(3).Answers("refused target-empty");
    }

    [Fact]
    public async Task An_extract_has_an_inventory_beside_it_and_is_never_overwritten()
    {
        await using var source = await SourceAsync();
        string[] extract = ["extract", "--source", source.Address.ToString(), "--archive", "metadata.pachx", "--no-objects"];

        (await _tool.RunAsync([.. extract, "--output", "json"])).Expect(0);

        var archive = Path.Combine(_tool.WorkingDirectory, "metadata.pachx");
        var report = await ArchiveInspection.VerifyAsync(archive);
        Assert.Equal((0, 2), (report.Summary.Objects, report.Summary.Repos));
        Assert.Equal(new Release(1, 8, 7), report.Manifest!.Source.Release);
        Assert.True(File.Exists(archive + ".inventory.json"));
        (await _tool.RunAsync(extract)).Expect(2).Says("the file \"metadata.pachx\" already exists");
    }

    [Theory]
    [InlineData("--to")]
    [InlineData("-o")]
    public async Task The_old_names_of_the_archive_option_are_accepted_with_a_warning(string name)
    {
        await using var source = await SourceAsync();

        var extracted = await _tool.RunAsync("extract", "--source", source.Address.ToString(), name, "old.pachx", "--no-objects");

        extracted.Expect(0).Says($"{name} is an old name of this option. Use --archive.");
        Assert.True(File.Exists(Path.Combine(_tool.WorkingDirectory, "old.pachx")));
    }

    [Fact]
    public async Task The_lock_of_another_machine_is_reported_and_can_be_broken()
    {
        await using var source = await SourceAsync();
        string[] extract = ["extract", "--source", source.Address.ToString(), "--no-objects", "--archive"];
        (await _tool.RunAsync([.. extract, "first.pachx"])).Expect(0);
        foreach (var held in Directory.GetFiles(_tool.WorkingDirectory, "*.lock", SearchOption.AllDirectories))
        {
            await File.WriteAllTextAsync(
                Path.ChangeExtension(held, ".holder.json"),
                """
                { "run": "theirs", "runDirectory": "/theirs", "user": "somebody", "host": "elsewhere", "processId": 1,
                  "processStarted": "2026-01-01T00:00:00Z", "since": "2026-01-01T00:00:00Z" }
                """);
        }

        var refused = await _tool.RunAsync([.. extract, "second.pachx"]);
        var broken = await _tool.RunAsync([.. extract, "second.pachx", "--break-lock"]);

        refused.Expect(1).Says("somebody").Says("elsewhere").Says("--break-lock");
        broken.Expect(0);
    }

    [Fact]
    public async Task An_archive_of_pachctl_is_restored_and_the_plan_lists_what_it_lacks()
    {
        await using var source = await SourceAsync();
        await using var empty = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 8, 8) });
        (await _tool.RunAsync("extract", "--source", source.Address.ToString(), "--archive", "full.pachx")).Expect(0);
        File.Move(Path.Combine(_tool.WorkingDirectory, "full.pachx"), Path.Combine(_tool.WorkingDirectory, "bare.pachx"));

        var restored = await _tool.RunAsync("restore", "bare.pachx", "--target", empty.Address.ToString(), "--yes");

        restored.Expect(0).Answers("which pipelines were stopped").Answers("Arrived: repos 3 of 3");
    }

    [Fact]
    public async Task A_broken_archive_is_refused_before_the_first_byte_is_sent()
    {
        await using var empty = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 8, 7) });
        var whole = await File.ReadAllBytesAsync(Recordings.Archive("1.8.7-world-full"));
        await File.WriteAllBytesAsync(Path.Combine(_tool.WorkingDirectory, "broken.pachx"), whole[..(whole.Length / 2)]);

        var refused = await _tool.RunAsync("restore", "broken.pachx", "--target", empty.Address.ToString(), "--yes");

        refused.Expect(1).Says("broken.pachx\" cannot be used");
        Assert.Equal(0, empty.WriteCalls);
    }

    [Fact]
    public async Task A_target_of_an_earlier_line_is_refused()
    {
        await using var empty = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 7, 14) });

        var refused = await _tool.RunAsync("restore", Recordings.Archive("1.8.7-world-full"), "--target", empty.Address.ToString(), "--yes");

        refused.Expect(3);
        Assert.Equal(0, empty.WriteCalls);
    }

    [Theory]
    [InlineData("--archive is missing", "extract", "--source", "a:1")]
    [InlineData("--attempts cannot be \"0\"", "extract", "--archive", "x.pachx", "--attempts", "0")]
    [InlineData("FILE is missing", "restore")]
    [InlineData("there is no archive \"x.pachx\"", "restore", "x.pachx", "--target", "a:1", "--yes")]
    public async Task Invalid_options_are_reported(string message, params string[] command)
    {
        (await _tool.RunAsync(command)).Expect(2).Says(message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_tool.WorkingDirectory));
    }

    [Fact]
    public async Task Without_a_terminal_nothing_is_asked()
    {
        await File.WriteAllBytesAsync(Path.Combine(_tool.WorkingDirectory, "x.pachx"), []);

        (await _tool.RunAsync("restore", "x.pachx", "--target", "a:1")).Expect(2).Says("add --yes");
    }

    private static async Task<SandboxCluster> SourceAsync()
    {
        var cluster = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 8, 7) });
        await cluster.FillAsync(Recordings.Archive("1.8.7-stoppedout-full"));
        return cluster;
    }
}
