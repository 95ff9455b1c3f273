using System.Text.Json;
using PachUp.Common.Text;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>Texts of the environment of the process: variables, settings and the kubeconfig. Servers, plans and arguments are tested with the tool's own tests.</summary>
public sealed class HostileTextTests : IDisposable
{
    private const string Hostile = "a\u001B]0;title\u0007\u001B[31m\u202E\u009B2J\u200B\r\nFORGED";

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("PACHD_ADDRESS", "status")]
    [InlineData("PACHUP_PLUGIN_DIR", "plugin list")]
    [InlineData("PACH_CONFIG", "status")]
    public async Task A_variable(string name, string command) =>
        AssertSafe(await _tool.RunWithAsync(new() { [name] = Hostile }, command.Split(' ')));

    [Fact]
    public async Task The_settings_file()
    {
        var name = JsonSerializer.Serialize(Hostile);
        await File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "pachup.yaml"), $"clusters:\n  {name}: {{ address: {name} }}\noutput: {name}\n");

        AssertSafe(await _tool.RunAsync("config"));
    }

    [Fact]
    public async Task A_context_of_the_kubeconfig()
    {
        var name = JsonSerializer.Serialize(Hostile);
        var file = Path.Combine(_tool.WorkingDirectory, "kubeconfig");
        await File.WriteAllTextAsync(
            file,
            $"apiVersion: v1\nkind: Config\ncurrent-context: {name}\ncontexts:\n- name: {name}\n  context: {{ cluster: {name}, user: {name} }}\n"
            + $"clusters:\n- name: {name}\n  cluster: {{ server: \"http://127.0.0.1:1\" }}\nusers:\n- name: {name}\n  user: {{}}\n");

        AssertSafe(await _tool.RunWithAsync(new() { ["KUBECONFIG"] = file }, "status", "--source", "kube:x/y"));
    }

    private static void AssertSafe(Outcome outcome)
    {
        var output = outcome.Answer + outcome.Talk;
        Assert.All(output.Split('\n'), line => Assert.True(SafeText.IsSafe(line), SafeText.Of(line)));
        Assert.DoesNotContain("\nFORGED", output, StringComparison.Ordinal);
        Assert.Contains("\\u{001B}]0;title", output.ReplaceLineEndings(""), StringComparison.Ordinal);
    }
}
