using System.Text.Json;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>Every shipped plan is carried out completely in the sandbox, like a user who tries PachUp.</summary>
public sealed class ShippedPlansTests : IDisposable
{
    private readonly Tool _tool = new();

    public static TheoryData<string> Plans() =>
        [.. Directory.EnumerateFiles(Path.Combine(Recordings.Root, "..", "..", "migration-plans"), "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path))];

    public void Dispose() => _tool.Dispose();

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task A_shipped_plan_is_carried_out_in_the_sandbox_and_loses_nothing(string plan)
    {
        var outcome = (await _tool.RunAsync("apply", plan, "--sandbox", "--yes", "--output", "json")).Expect(0);

        var run = JsonDocument.Parse(outcome.Answer).RootElement.GetProperty("run");
        Assert.Equal("done", run.GetProperty("outcome").GetString());
        Assert.All(run.GetProperty("steps").EnumerateArray(), step => Assert.Equal("done", step.GetProperty("state").GetString()));
        AssertNothingLost(run.GetProperty("verification"));
        Assert.Empty(_tool.TemporaryFiles);
    }

    [Theory]
    [InlineData("upgrade-point-release", "1.8.8")]
    [InlineData("upgrade-point-release", "1.9.12")]
    [InlineData("1.8.7-to-1.9.0-side-by-side", "1.9.12")]
    [InlineData("1.7.14-to-1.8.0", "1.8.8")]
    [InlineData("1.7-to-1.8-reload", "1.8.7")]
    public async Task A_plan_can_migrate_to_another_release(string plan, string release)
    {
        var outcome = (await _tool.RunAsync("apply", plan, "--sandbox", "--yes", "--to", release, "--output", "json")).Expect(0);

        var answer = JsonDocument.Parse(outcome.Answer).RootElement;
        Assert.Equal(release, answer.GetProperty("plan").GetProperty("targetRelease").GetString());
        AssertNothingLost(answer.GetProperty("run").GetProperty("verification"));
    }

    [Fact]
    public async Task An_upgrade_does_not_cross_a_line()
    {
        await using var clusters = await ClusterPair.StartAsync();

        var outcome = await _tool.RunAsync("plan", "upgrade-point-release", "--source", clusters.Source.Address.ToString(), "--to", "1.9.12");

        outcome.Expect(3).Answers("This needs a migration: 1.8.7 is of line 1.8, and 1.9.12 is of line 1.9").Answers("\"pachup plan --to 1.9.12\"");
        Assert.Equal(0, clusters.Source.WriteCalls);
    }

    [Fact]
    public async Task A_side_by_side_plan_needs_two_clusters()
    {
        await using var clusters = await ClusterPair.StartAsync();

        var outcome = await _tool.RunAsync("plan", "1.8.7-to-1.9.0-side-by-side", "--source", clusters.Source.Address.ToString());

        outcome.Expect(2).Says("but the plan builds the target beside the source; expected the address of the new cluster");
    }

    /// <summary>A plan that verifies nothing, such as a backup, has no verification.</summary>
    private static void AssertNothingLost(JsonElement verification)
    {
        if (verification.ValueKind != JsonValueKind.Null)
        {
            Assert.All(
                verification.GetProperty("counts").EnumerateArray(),
                count => Assert.Equal(count.GetProperty("expected").GetInt64(), count.GetProperty("kept").GetInt64()));
        }
    }

    [Fact]
    public async Task A_mistake_in_the_location_of_a_bucket_is_found_in_a_trial_too() =>
        (await _tool.RunAsync("plan", "1.8.7-to-1.9.0-side-by-side", "--sandbox", "--set", "sourceBucket=pach", "--set", "targetBucket=s3://new"))
            .Expect(3).Says("\"pach\" is not the location of a bucket: the path of a folder has to begin at the root");
}
