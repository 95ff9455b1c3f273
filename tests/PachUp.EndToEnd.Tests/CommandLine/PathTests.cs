using System.Text.Json;

namespace PachUp.EndToEnd.Tests.CommandLine;

public sealed class PathTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_path_over_two_lines_is_shown_hop_by_hop()
    {
        var outcome = await _tool.RunAsync("path", "--from", "1.7.9", "--to", "1.9.12");

        outcome.Expect(0)
            .Answers("From 1.7.9 to 1.9.12: 3 steps 1. upgrade 1.7.9 -> 1.7.14 Plan pachyderm-upgrade-point-release")
            .Answers("2. migrate 1.7.14 -> 1.8.8 Plan pachyderm-1.7.14-to-1.8.0")
            .Answers("3. migrate 1.8.8 -> 1.9.12 Plan pachyderm-1.8.7-to-1.9.0 Or pachyderm-1.8.7-to-1.9.0-side-by-side")
            .Answers("Or in 2 steps: 1.7.9 -> 1.7.14 -> 1.9.12")
            .Answers("pachup plan pachyderm-upgrade-point-release --to 1.7.14");
    }

    [Theory]
    [InlineData("1.9.12", "1.9.12", 0, "The cluster already runs 1.9.12. There is nothing to do.")]
    [InlineData("1.9.12", "1.8.8", 3, "1.8.8 is older than 1.9.12")]
    [InlineData("1.4.0", "1.9.12", 3, "No plugin offers a path from 1.4 to 1.9")]
    public async Task A_missing_path_is_explained(string from, string to, int exitCode, string answer) =>
        (await _tool.RunAsync("path", "--from", from, "--to", to)).Expect(exitCode).Answers(answer);

    [Fact]
    public async Task A_path_is_drawn()
    {
        var outcome = (await _tool.RunAsync("path", "--from", "1.8.7", "--to", "1.9.12", "--output", "mermaid")).Expect(0);

        Assert.Equal(
            ["flowchart LR", "  r1_8_7[\"1.8.7\"]", "  r1_9_12[\"1.9.12\"]", "  r1_8_7 -->|migrate| r1_9_12"],
            outcome.Answer.TrimEnd().Split('\n').Select(line => line.TrimEnd()));
    }

    [Fact]
    public async Task The_path_is_available_as_JSON()
    {
        var outcome = (await _tool.RunAsync("path", "--from", "1.7.9", "--to", "latest", "--output", "json")).Expect(0);

        var way = JsonDocument.Parse(outcome.Answer).RootElement;
        Assert.Equal("found", way.GetProperty("outcome").GetString());
        Assert.Equal(["upgrade", .. Enumerable.Repeat("migrate", 6)], way.GetProperty("hops").EnumerateArray().Select(hop => hop.GetProperty("kind").GetString()));
        Assert.Equal(Enumerable.Repeat("cluster", 7), way.GetProperty("hops").EnumerateArray().Select(hop => hop.GetProperty("downtime").GetString()));
    }

    [Fact]
    public async Task Without_a_plan_the_next_hop_is_planned_and_applied_until_the_target_release_is_reached()
    {
        await using var clusters = await ClusterPair.StartAsync();

        var planned = await _tool.RunAsync(["plan", .. clusters.Options, "--to", "1.9.0"]);
        var applied = await _tool.RunAsync(["apply", .. clusters.Options, "--to", "1.9.0", "--yes"]);
        var there = await _tool.RunAsync("plan", "--source", clusters.Target.Address.ToString(), "--to", "1.9.0");

        planned.Expect(0)
            .Answers("Step 1 of 1 to 1.9.0: migrate 1.8.7 -> 1.9.0")
            .Answers("pachup apply pachyderm-1.8.7-to-1.9.0-side-by-side");
        applied.Expect(0).Answers("Arrived: repos 33 of 33");
        there.Expect(0).Answers("The cluster already runs 1.9.0. There is nothing to do.");
    }
}
