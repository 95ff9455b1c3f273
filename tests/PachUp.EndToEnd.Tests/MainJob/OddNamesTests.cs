using System.Text;
using PachUp.Engine.Runs;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Sdk.Testing;

namespace PachUp.EndToEnd.Tests.MainJob;

/// <summary>Files whose names 1.8.7 reads literally and 1.9.12 partly as patterns. Everything arrives, and the plan lists the names that need escapes.</summary>
public sealed class OddNamesTests
{
    private static readonly string[] NeedEscapes = ["/scan (1).txt", "/a@b", "/a+b", "/a^b"];

    private static readonly string[] Others = ["/ leading blank", "/.hidden", "/a/b", "/very/deep/a/b/c/d/e/f/g/h/i/j/k"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Files_with_unusual_names_arrive_and_the_plan_lists_those_that_need_escapes(bool sharedBucket)
    {
        await using var migration = await MigrationHarness.StartAsync("1.8.7", "1.9.12", sharedBucket);
        using var source = new ClusterBuilder(migration.Source.Address);
        await source.CreateRepoAsync("files");
        foreach (var name in NeedEscapes.Concat(Others))
        {
            await source.CommitFileAsync("files", "master", name, $"content of {name}");
        }

        await using var plan = await migration.PlanAsync(objects: !sharedBucket);
        var finding = plan.Preview.Findings.Single(finding => finding.Check == "file-names");
        var result = await new Runner(migration.State, TimeProvider.System).ApplyAsync(plan, new WatchedRun(), CancellationToken.None);

        Assert.Equal(CheckOutcome.Warning, finding.Result.Outcome);
        Assert.All(NeedEscapes, name => Assert.Contains(finding.Result.Items, item => item.Contains(name, StringComparison.Ordinal)));
        Assert.DoesNotContain(finding.Result.Items, item => Others.Any(name => item.Contains(name, StringComparison.Ordinal)));
        Assert.Equal(RunOutcome.Done, result.Outcome);
        await using var target = PachdClient.Create(migration.Target.Address);
        var files = await FileWalk.ListAllAsync(target, "files", "master").Select(file => file.Path).ToListAsync();
        Assert.Equal(NeedEscapes.Concat(Others).Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
        foreach (var name in files)
        {
            Assert.Equal($"content of {name}", await ReadAsync(target, name));
        }
    }

    private static async Task<string> ReadAsync(PachdClient client, string path)
    {
        using var content = new MemoryStream();
        await foreach (var part in client.ReadFileAsync("files", "master", path))
        {
            await content.WriteAsync(part);
        }

        return Encoding.UTF8.GetString(content.ToArray());
    }
}
