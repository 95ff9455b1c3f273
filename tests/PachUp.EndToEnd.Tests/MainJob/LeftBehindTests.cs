using System.Text.Json;
using PachUp.Sdk.Testing;
using PachUp.Verification.Records;

namespace PachUp.EndToEnd.Tests.MainJob;

public sealed class LeftBehindTests
{
    [Fact]
    public async Task Items_that_no_release_can_migrate_are_saved_for_the_owner_only()
    {
        await using var migration = await MigrationHarness.StartAsync("1.8.7", "1.9.0", sharedBucket: false);
        using var source = new ClusterBuilder(migration.Source.Address);
        await source.CreateRepoAsync("images");
        var finished = await source.CommitFileAsync("images", "master", "/1.png", "one");
        var open = await source.StartCommitAsync("images", "master");
        await source.PutFileAsync("images", open, "/dir/2.png", "two, put so far");
        await source.CreatePipelineAsync("edges", "images");

        await using (var plan = await migration.PlanAsync(objects: true))
        {
            var extract = plan.Preview.Steps.Single(step => step.Id == "extract");
            Assert.Contains(extract.Preview.Notes, note => note.Contains("the files of 1 open commit (up to 1.0 GB)", StringComparison.Ordinal));
        }

        var result = await migration.MigrateAsync(objects: true);

        var path = result.Run.File(RecordFiles.LeftBehind);
        var leftBehind = JsonDocument.Parse(await File.ReadAllTextAsync(path)).RootElement;
        var commit = leftBehind.GetProperty("commits").EnumerateArray().Single(commit => commit.GetProperty("id").GetString() == finished);
        Assert.NotNull(commit.GetProperty("finished").GetString());
        var file = leftBehind.GetProperty("openCommits").EnumerateArray().Single().GetProperty("files").EnumerateArray().Single(file => file.GetProperty("path").GetString() == "/dir/2.png");
        var kept = Path.Combine(result.Run.Path, file.GetProperty("keptAs").GetString()!);
        Assert.Equal("two, put so far", await File.ReadAllTextAsync(kept));
        Assert.All([path, kept], OnlyItsOwnerCanRead);
    }

    private static void OnlyItsOwnerCanRead(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }
}
