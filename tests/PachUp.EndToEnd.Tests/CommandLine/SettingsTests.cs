using System.Text.Json;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>Names and defaults that a user writes down once.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_name_stands_for_an_address_and_is_said_to()
    {
        await using var clusters = await ClusterPair.StartAsync();
        await WriteAsync($"clusters:\n  prod: {{ address: \"{clusters.Source.Address}\", peer: \"{clusters.Source.PeerAddress}\" }}\n  next: {{ address: \"{clusters.Target.Address}\" }}\n");

        var plan = await _tool.RunAsync("plan", Tool.Plan, "--source", "prod", "--target", "next");
        var config = await _tool.RunAsync("config");

        plan.Expect(0).Answers($"pachd 1.8.7 at {clusters.Source.Address} (from cluster \"prod\" of ").Answers("through the peer port").Answers("pachup apply pachyderm-1.8.7-to-1.9.0 --source prod --target next");
        config.Expect(0).Answers($"Cluster prod: {clusters.Source.Address}, peer port {clusters.Source.PeerAddress}");
    }

    [Fact]
    public async Task A_context_of_pachctl_stands_for_its_address()
    {
        await using var clusters = await ClusterPair.StartAsync();
        Directory.CreateDirectory(Path.Combine(_tool.WorkingDirectory, ".pachyderm"));
        await File.WriteAllTextAsync(
            Path.Combine(_tool.WorkingDirectory, ".pachyderm", "config.json"),
            $$"""{ "v2": { "active_context": "other", "contexts": { "other": { "pachd_address": "127.0.0.1:1" }, "prod": { "pachd_address": "{{clusters.Source.Address}}" } } } }""");

        (await _tool.RunAsync("status", "--source", "context:prod")).Expect(0).Answers($"{clusters.Source.Address} (from context \"prod\"");
        (await _tool.RunAsync("status", "--source", "context:prd")).Expect(1).Answers("has no context \"prd\"").Answers("\"prod\"");
    }

    [Fact]
    public async Task Defaults_take_the_place_of_options_and_options_win()
    {
        await WriteAsync("stateDirectory: kept-here\noutput: json\naccept: [open-commits]\n");

        var list = await _tool.RunAsync("runs", "list");
        var text = await _tool.RunAsync("runs", "list", "--output", "text");

        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(list.Expect(0).Answer).RootElement.ValueKind);
        text.Expect(0).Answers($"There are no runs in {Path.Combine(_tool.WorkingDirectory, "kept-here")}");
    }

    [Theory]
    [InlineData("clusers: {}", "did you mean \"clusters\"?")]
    [InlineData("clusters: { prod: {} }", "cluster \"prod\" has no place")]
    [InlineData("clusters: { prod: { address: a:1, namespace: b } }", "has an address and a place on Kubernetes")]
    [InlineData("accept: open-commits", "\"accept\" is a single value")]
    public async Task A_mistake_in_the_file_is_reported_with_its_place(string text, string mistake)
    {
        await WriteAsync(text);

        (await _tool.RunAsync("config")).Expect(2).Says("pachup.yaml:1:").Says(mistake);
    }

    [Fact]
    public async Task Without_a_file_config_says_where_one_is_looked_for() =>
        (await _tool.RunAsync("config")).Expect(0).Answers("There is no settings file.").Answers(Path.Combine(".pachup", "config.yaml"));

    [Fact]
    public async Task A_place_on_Kubernetes_is_reached_there()
    {
        await WriteAsync("clusters: { prod: { context: nowhere, namespace: pach } }\n");

        (await _tool.RunAsync("status", "--source", "prod")).Expect(1).Answers("on kubernetes");
        (await _tool.RunAsync("status", "--source", "kube:nowhere/pach")).Expect(1).Answers("on kubernetes");
        (await _tool.RunAsync("plan", Tool.Plan, "--source", "prod", "--target", "a:1")).Expect(2).Says("one cluster is named by its address and the other on Kubernetes");
    }

    private Task WriteAsync(string text) => File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "pachup.yaml"), text);
}
