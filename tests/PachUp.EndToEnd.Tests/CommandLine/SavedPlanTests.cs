using System.Text.Json;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>A plan is a file: it is shown again anywhere, and exactly what was read is carried out.</summary>
public sealed class SavedPlanTests : IDisposable
{
    private const string File = "change.pachplan";

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_saved_plan_is_shown_again_without_its_clusters_and_then_carried_out()
    {
        await using var clusters = await ClusterPair.StartAsync();
        var planned = await _tool.RunAsync(["plan", Tool.Plan, .. clusters.Options, "--out", File]);

        using var elsewhere = new Tool();
        System.IO.File.Copy(Path.Combine(_tool.WorkingDirectory, File), Path.Combine(elsewhere.WorkingDirectory, File));
        var shown = await elsewhere.RunAsync("show", File);
        var applied = await _tool.RunAsync("apply", File, "--yes");

        planned.Expect(0).Answers($"pachup apply {File}");
        shown.Expect(0).Answers("Made on ").Answers(HashIn(planned.Answer)).Answers("Checks: ");
        Assert.Equal(WithoutFirstAndLastLines(planned.Answer), WithoutFirstAndLastLines(shown.Answer[(shown.Answer.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]));
        applied.Expect(0).Answers("Arrived: repos 33 of 33");
    }

    [Fact]
    public async Task If_the_cluster_has_changed_the_refusal_names_what_is_different()
    {
        await using var clusters = await ClusterPair.StartAsync();
        (await _tool.RunAsync(["plan", Tool.Plan, .. clusters.Options, "--out", File])).Expect(0);
        var calls = clusters.Target.WriteCalls;
        using (var stranger = new ClusterBuilder(clusters.Target.Address))
        {
            await stranger.CreateRepoAsync("stranger");
        }

        var refused = await _tool.RunAsync("apply", File, "--yes");

        refused.Expect(3).Answers("target-empty");
        Assert.Equal(calls + 1, clusters.Target.WriteCalls);
    }

    [Fact]
    public async Task Another_warning_is_named_with_how_it_was_and_how_it_is()
    {
        await using var clusters = await ClusterPair.StartAsync();
        (await _tool.RunAsync(["plan", Tool.Plan, .. clusters.Options, "--out", File])).Expect(0);
        await using (var client = PachdClient.Create(clusters.Source.Address))
        {
            await client.StartCommitAsync("images", "master");
        }

        var refused = await _tool.RunAsync("apply", File, "--yes");

        refused.Expect(3).Says("the plan has changed since it was shown").Says("check open-commits: was ").Says("left out (open-commit");
    }

    [Fact]
    public async Task Nothing_can_be_changed_in_a_saved_plan()
    {
        await using var clusters = await ClusterPair.StartAsync();
        (await _tool.RunAsync(["plan", Tool.Plan, .. clusters.Options, "--out", File])).Expect(0);

        (await _tool.RunAsync("apply", File, "--set", "jobs=wait", "--yes")).Expect(2).Says("--set would change the saved plan");
        (await _tool.RunAsync("apply", File, "--to", "1.9.12", "--yes")).Expect(2).Says("--to would change the saved plan");
        (await _tool.RunAsync("apply", File, "--expect", "000000000000", "--yes")).Expect(2).Says("the file is what was read");
    }

    [Fact]
    public async Task A_file_that_is_no_saved_plan_is_neither_shown_nor_replaced()
    {
        var notes = Path.Combine(_tool.WorkingDirectory, "notes.txt");
        await System.IO.File.WriteAllTextAsync(notes, "mine");
        await System.IO.File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "later.pachplan"), """{ "format": "pachup-plan/v9" }""");
        await System.IO.File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "broken.pachplan"), """{ "format": "pachup-plan/v1", "madeBy": """);
        await using var clusters = await ClusterPair.StartAsync();

        (await _tool.RunAsync("show", "missing.pachplan")).Expect(2).Says("there is no file");
        (await _tool.RunAsync("show", "notes.txt")).Expect(1).Says("is not a saved plan");
        (await _tool.RunAsync("show", "later.pachplan")).Expect(1).Says("\"pachup-plan/v9\", which this PachUp does not read");
        (await _tool.RunAsync("apply", "broken.pachplan", "--yes")).Expect(1).Says("is damaged");
        (await _tool.RunAsync(["plan", Tool.Plan, .. clusters.Options, "--out", "notes.txt"])).Expect(1).Says("exists and is not a saved plan");
        Assert.Equal("mine", await System.IO.File.ReadAllTextAsync(notes));
    }

    [Fact]
    public async Task An_accepted_warning_is_part_of_the_plan_and_of_its_exit_code()
    {
        await using var clusters = await ClusterPair.StartAsync();
        var plan = await _tool.RunAsync(["plan", Tool.Plan, .. clusters.Options, "--detailed-exitcode", "--output", "json"]);
        var warnings = JsonDocument.Parse(plan.Answer).RootElement.GetProperty("plan").GetProperty("findings").EnumerateArray()
            .Where(finding => finding.GetProperty("result").GetProperty("outcome").GetString() == "warning")
            .SelectMany(finding => new[] { "--accept", finding.GetProperty("check").GetString()! })
            .ToArray();

        var accepted = await _tool.RunAsync(["plan", Tool.Plan, .. clusters.Options, .. warnings, "--detailed-exitcode"]);
        var misspelled = await _tool.RunAsync(["plan", Tool.Plan, .. clusters.Options, "--accept", "open-comits"]);

        plan.Expect(6);
        Assert.NotEmpty(warnings);
        accepted.Expect(5).Answers("accepted ").Answers("--accept");
        Assert.NotEqual(JsonDocument.Parse(plan.Answer).RootElement.GetProperty("plan").GetProperty("hash").GetString(), HashIn(accepted.Answer));
        misspelled.Expect(3).Says("Did you mean \"open-commits\"?");
    }

    private static string HashIn(string answer) => answer.Split("Plan hash: ")[1][..12];

    private static string WithoutFirstAndLastLines(string answer) => string.Join('\n', answer.Split("To apply exactly this plan:")[0].Split('\n').Skip(1));
}
