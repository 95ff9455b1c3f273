using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>The exit code of <c>status</c>. Scripts use it to find out whether a cluster answers.</summary>
public sealed class StatusTests : IDisposable
{
    private readonly Tool _tool = new();
    private readonly string _dead = $"127.0.0.1:{FreePort()}";

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Without_a_configured_cluster_status_does_not_fail() =>
        (await _tool.RunAsync("status")).Expect(0).Answers("No address of pachd was found");

    [Fact]
    public async Task A_dead_address_from_the_command_line_fails() =>
        (await _tool.RunAsync("status", "--source", _dead)).Expect(1).Answers("no server listens at this address");

    [Fact]
    public async Task A_dead_target_fails() =>
        (await _tool.RunAsync("status", "--target", _dead)).Expect(1).Answers("no server listens at this address");

    [Fact]
    public async Task A_dead_address_from_the_environment_fails() =>
        (await _tool.RunInShellAsync($"export PACHD_ADDRESS={_dead}", "status")).Expect(1).Answers("(from PACHD_ADDRESS)");

    [Fact]
    public async Task A_dead_address_from_the_config_file_fails()
    {
        WriteConfig($$"""{ "v1": { "pachd_address": "{{_dead}}" } }""");

        var outcome = await _tool.RunAsync("status", "--output", "json");

        outcome.Expect(1);
        Assert.Contains("no server listens at this address", JsonDocument.Parse(outcome.Answer).RootElement.GetProperty("clusters")[0].GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_config_file_for_Kubernetes_fails_with_the_options_to_give()
    {
        WriteConfig("""{ "v2": { "active_context": "prod", "contexts": { "prod": { "cluster_name": "c", "auth_info": "u", "namespace": "pachyderm" } } } }""");
        Directory.CreateDirectory(Path.Combine(_tool.WorkingDirectory, ".kube"));
        await File.WriteAllTextAsync(
            Path.Combine(_tool.WorkingDirectory, ".kube", "config"),
            "contexts:\n- { name: other, context: { cluster: c, user: x } }\n- { name: u@c, context: { cluster: c, user: u } }\n");

        (await _tool.RunAsync("status")).Expect(1).Answers("--kube-context u@c --namespace pachyderm");
    }

    [Theory]
    [InlineData("[]", "it is a list")]
    [InlineData("""{ "v2": { "active_context": "gone", "contexts": {} } }""", "has no context \"gone\"")]
    [InlineData("""{ "user_id": "u", "v2": { "active_context": "", "contexts": {} } }""", "\"v2.active_context\" is not set")]
    [InlineData("""{ "v1": { "pachd_address": "127.0.0.1:1", "session_token": "abc\ndef" } }""", "contains a line break")]
    public async Task A_config_file_that_cannot_be_used_fails_with_its_name(string config, string problem)
    {
        WriteConfig(config);

        (await _tool.RunAsync("status")).Expect(1).Answers(Path.Combine(".pachyderm", "config.json")).Answers(problem);
    }

    [Fact]
    public async Task A_kubeconfig_without_a_reachable_cluster_fails()
    {
        Directory.CreateDirectory(Path.Combine(_tool.WorkingDirectory, ".kube"));
        await File.WriteAllTextAsync(
            Path.Combine(_tool.WorkingDirectory, ".kube", "config"),
            $$"""
            current-context: prod
            clusters: [{ name: prod, cluster: { server: "http://{{_dead}}" } }]
            contexts: [{ name: prod, context: { cluster: prod, user: operator } }]
            users: [{ name: operator, user: { token: t } }]
            """);

        (await _tool.RunAsync("status", "--kube-context", "prod")).Expect(1).Answers("does not answer");
    }

    private void WriteConfig(string json)
    {
        Directory.CreateDirectory(Path.Combine(_tool.WorkingDirectory, ".pachyderm"));
        File.WriteAllText(Path.Combine(_tool.WorkingDirectory, ".pachyderm", "config.json"), json);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
