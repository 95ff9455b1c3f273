using System.Text.Json;

namespace PachUp.EndToEnd.Tests.CommandLine;

public sealed class RunsReportTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task The_last_run_is_reported_for_people_and_for_programs()
    {
        (await _tool.RunAsync("apply", Tool.Plan, "--sandbox", "--yes")).Expect(0);

        var markdown = await _tool.RunAsync("runs", "report");
        var json = await _tool.RunAsync("runs", "report", "--output", "json");

        markdown.Expect(0).Answers("# Run").Answers(": done").Answers("## What arrived").Answers("Nothing is lost").Answers("## Not migrated, but saved");
        Assert.Equal(27, JsonDocument.Parse(json.Expect(0).Answer).RootElement.GetProperty("pipelines").GetProperty("running").GetArrayLength());
    }

    [Fact]
    public async Task All_forms_of_a_rehearsed_migration_tell_who_did_what_where_and_how_long_it_took()
    {
        await using var clusters = await ClusterPair.StartAsync();
        (await _tool.RunAsync("rehearse", Tool.Plan, "--source", clusters.Source.Address.ToString())).Expect(0);
        (await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes"])).Expect(0);

        var markdown = await WriteAsync("report.md");
        var html = await WriteAsync("report.html");
        var json = JsonDocument.Parse(await WriteAsync("report.json")).RootElement;

        Assert.All([markdown, html], text =>
        {
            Assert.Contains("80 commits: 6 arrived, 74 computed again, 0 lost", text, StringComparison.Ordinal);
            Assert.Contains("The rehearsal forecast", text, StringComparison.Ordinal);
            Assert.Contains("6 repos and 27 pipelines", text, StringComparison.Ordinal);
        });
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.Equal("pachup-report/v1", json.GetProperty("format").GetString());
        Assert.Equal("good", json.GetProperty("verdict").GetProperty("kind").GetString());
        Assert.Equal(Environment.UserName, json.GetProperty("circumstances").GetProperty("user").GetString());
        Assert.Equal(Environment.MachineName, json.GetProperty("circumstances").GetProperty("host").GetString());
        Assert.NotEqual(0, json.GetProperty("forecast").GetProperty("steps").GetArrayLength());
        Assert.Equal(33, json.GetProperty("graph").GetProperty("nodes").GetArrayLength());
        Assert.Equal(64, json.GetProperty("hashes").GetProperty("archive").GetProperty("sha256").GetString()!.Length);
    }

    [Theory]
    [InlineData("there is no run \"20250301\"", "runs", "report", "20250301")]
    [InlineData("that can be reported", "runs", "report")]
    [InlineData("there is no output format \"md\"", "runs", "report", "--output", "md")]
    [InlineData("there is no form of a report called \"htm\"", "runs", "report", "--format", "htm")]
    [InlineData("did you mean \"html\"?", "runs", "report", "--format", "htm")]
    [InlineData("ask for two forms of the report", "runs", "report", "--format", "html", "--output", "json")]
    [InlineData("--out is empty", "runs", "report", "--out", "")]
    public async Task Invalid_options_are_reported(string message, params string[] command) => (await _tool.RunAsync(command)).Expect(2).Says(message);

    private async Task<string> WriteAsync(string file)
    {
        (await _tool.RunAsync("runs", "report", "--out", file)).Expect(0).Answers($"Wrote the report of run {_tool.LastRun} to {file}: The run is done.");
        return await File.ReadAllTextAsync(Path.Combine(_tool.WorkingDirectory, file));
    }
}
