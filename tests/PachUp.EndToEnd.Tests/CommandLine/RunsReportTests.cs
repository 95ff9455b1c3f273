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

    [Theory]
    [InlineData("there is no run \"20250301\"", "runs", "report", "20250301")]
    [InlineData("that can be reported", "runs", "report")]
    [InlineData("there is no output format \"md\"", "runs", "report", "--output", "md")]
    public async Task Invalid_options_are_reported(string message, params string[] command) => (await _tool.RunAsync(command)).Expect(2).Says(message);
}
