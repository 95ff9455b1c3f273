using System.Text.Json;

namespace PachUp.EndToEnd.Tests.CommandLine;

public sealed class CheckLookupTests : IDisposable
{
    // They neither warn nor refuse: the plan shows what they say as advice.
    private static readonly string[] OnlyAdvise = ["contexts", "license"];

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Every_check_is_listed_and_explained_in_full_sentences()
    {
        await using var clusters = await ClusterPair.StartAsync();
        var asked = await NamesAsync("findings", "check", ["check", Tool.Plan, .. clusters.Options]);

        var listed = (await AnswerAsync("check", "--list")).GetProperty("checks").EnumerateArray().ToList();

        Assert.Subset(listed.Select(check => check.GetProperty("name").GetString()!).ToHashSet(), asked);
        Assert.All(listed, ExplainsItself);
    }

    [Fact]
    public async Task A_check_of_a_pair_names_the_pair() =>
        (await _tool.RunAsync("explain", "names-collide")).Expect(0).Answers("1.8 -> 1.9");

    [Fact]
    public async Task The_reasons_of_changes_are_explained_too()
    {
        (await _tool.RunAsync("explain", "late-writes")).Expect(0).Answers("pachup apply --catch-up RUN");
        (await _tool.RunAsync("explain", "late-write")).Expect(2).Says("Did you mean \"late-writes\"?");
    }

    private static void ExplainsItself(JsonElement check)
    {
        var guide = check.GetProperty("guide");
        var outcomes = new[] { "whenWarned", "whenRefused" }.Select(name => guide.GetProperty(name).GetString()).OfType<string>().ToList();
        Assert.Equal(OnlyAdvise.Contains(check.GetProperty("name").GetString()!), outcomes.Count == 0);
        Assert.All([guide.GetProperty("why").GetString()!, guide.GetProperty("whenPassed").GetString()!, .. outcomes], text => Assert.EndsWith(".", text.TrimEnd(')'), StringComparison.Ordinal));
        Assert.EndsWith("?", check.GetProperty("question").GetString(), StringComparison.Ordinal);
    }

    private async Task<HashSet<string>> NamesAsync(string list, string property, string[] command) =>
        [.. (await AnswerAsync(command)).GetProperty(list).EnumerateArray().Select(item => item.GetProperty(property).GetString()!)];

    private async Task<JsonElement> AnswerAsync(params string[] command) =>
        JsonDocument.Parse((await _tool.RunAsync([.. command, "--output", "json"])).Expect(0).Answer).RootElement;
}
