using System.Text.RegularExpressions;

namespace PachUp.EndToEnd.Tests.CommandLine;

public sealed class AcceptedChecksTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_warning_is_accepted_by_the_name_of_its_check()
    {
        await using var clusters = await ClusterPair.StartAsync();
        await WritePlanAsync("accept: [point-release, known-defects]");

        (await _tool.RunAsync(["check", "mine.yaml", .. clusters.Options])).Expect(0).Answers("accepted point-release").Answers("accepted known-defects");
    }

    [Fact]
    public async Task An_unknown_check_is_reported_with_the_nearest_name()
    {
        await using var clusters = await ClusterPair.StartAsync();
        await WritePlanAsync("accept: [opn-commits]");

        (await _tool.RunAsync(["check", "mine.yaml", .. clusters.Options]))
            .Expect(3)
            .Says("the plan accepts warnings of the check \"opn-commits\", which does not exist")
            .Says("Did you mean \"open-commits\"?");
    }

    private async Task WritePlanAsync(string with)
    {
        var shipped = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "migration-plans", "1.8.7-to-1.9.0.yaml"));
        var mine = new Regex("uses: pachyderm/check\n").Replace(shipped, $"uses: pachyderm/check\n    with: {{ {with} }}\n", count: 1);
        await File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "mine.yaml"), mine);
    }
}
