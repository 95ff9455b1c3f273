using System.Text.Json;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>What a script, a log collector and support get from a command.</summary>
public sealed class EventTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Json_lines_tell_the_plan_every_step_and_the_result_in_the_documented_form()
    {
        var applied = await _tool.RunAsync("apply", Tool.Plan, "--sandbox", "--yes", "--output", "jsonl");
        var schema = JsonDocument.Parse((await _tool.RunAsync("schema", "events")).Expect(0).Answer).RootElement;

        var events = applied.Expect(0).Answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(events, happened => AssertFits(happened, schema));
        Assert.Equal(["plan", "run-started"], events.Select(NameOf).Where(name => name != "progress").Take(2));
        Assert.Equal(11, events.Count(happened => NameOf(happened) == "step-ended"));
        Assert.Equal("done", events[^1].GetProperty("document").GetProperty("run").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task The_work_before_and_beside_a_run_has_the_same_events_with_totals()
    {
        await using var clusters = await ClusterPair.StartAsync();
        var (source, target) = (clusters.Source.Address.ToString(), clusters.Target.Address.ToString());

        var planned = await _tool.RunAsync("plan", Tool.Plan, "--source", source, "--target", target, "--output", "jsonl");
        var verified = await _tool.RunAsync("verify", "--source", source, "--target", target, "--output", "jsonl");

        Assert.Equal(["listing repos and pipelines", "listing the cluster", "running the checks"], TotalsOf(planned).Keys);
        Assert.Equal(33, TotalsOf(planned)["listing the cluster"]);
        Assert.NotNull(TotalsOf(planned)["running the checks"]);
        Assert.Equal(33, TotalsOf(verified)["listing the cluster"]);
        Assert.NotNull(TotalsOf(verified)["reading sample files"]);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("jsonl")]
    public async Task An_error_is_an_answer_too(string format)
    {
        var failed = await _tool.RunAsync("apply", "no-such-plan", "--output", format);

        var answer = JsonDocument.Parse(failed.Expect(2).Answer).RootElement;
        var error = format == "json" ? answer.GetProperty("error") : answer;
        Assert.Equal(2, error.GetProperty("exitCode").GetInt32());
        Assert.Contains("no-such-plan", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quiet_tells_no_progress_but_the_answer()
    {
        var applied = await _tool.RunAsync("apply", Tool.Plan, "--sandbox", "--yes", "--quiet");

        applied.Expect(0).Answers("Arrived: repos 33 of 33");
        Assert.Equal("", applied.Talk);
        (await _tool.RunAsync("status", "--quiet", "--verbose")).Expect(2).Says("cannot be used together");
    }

    [Fact]
    public async Task The_log_file_is_private_and_has_what_happened_also_when_it_failed()
    {
        var log = Path.Combine(_tool.WorkingDirectory, "pachup.log");
        (await _tool.RunAsync("apply", Tool.Plan, "--sandbox", "--yes", "--log-file", log)).Expect(0);
        (await _tool.RunAsync("apply", "no-such-plan", "--log-file", log)).Expect(2);

        var text = await File.ReadAllTextAsync(log);
        Assert.Contains("INF pachup apply, PachUp ", text, StringComparison.Ordinal);
        Assert.Contains("INF step restore Done after ", text, StringComparison.Ordinal);
        Assert.Contains("ERR error, exit code 2: There is no file \"no-such-plan\"", text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(log));
        }

        (await _tool.RunAsync("status", "--log-file", Path.Combine(_tool.WorkingDirectory, "missing", "a.log"))).Expect(1).Says("missing");
    }

    [Fact]
    public async Task In_a_pipe_every_line_of_a_run_has_a_time_stamp()
    {
        var applied = await _tool.RunAsync("apply", Tool.Plan, "--sandbox", "--yes");

        Assert.All(applied.Expect(0).Talk.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ ", line));
    }

    private static Dictionary<string, long?> TotalsOf(Outcome outcome) => outcome.Answer.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Where(happened => NameOf(happened) == "progress" && happened.GetProperty("step").ValueKind == JsonValueKind.Null)
        .GroupBy(works => works.GetProperty("text").GetString()!)
        .ToDictionary(
            works => works.Key, works => works.Max(one => one.GetProperty("total") is { ValueKind: JsonValueKind.Number } total ? total.GetInt64() : (long?)null));

    private static string NameOf(JsonElement happened) => happened.GetProperty("event").GetString()!;

    /// <summary>The schema has one form for each event: the names of its properties, and the constant of its kind.</summary>
    private static void AssertFits(JsonElement happened, JsonElement schema)
    {
        var form = schema.GetProperty("oneOf").EnumerateArray().Single(one => one.GetProperty("properties").GetProperty("event").GetProperty("const").GetString() == NameOf(happened));
        Assert.All(form.GetProperty("required").EnumerateArray(), name => Assert.True(happened.TryGetProperty(name.GetString()!, out _)));
        Assert.All(happened.EnumerateObject(), property => Assert.True(form.GetProperty("properties").TryGetProperty(property.Name, out _), property.Name));
    }
}
