using System.Runtime.Versioning;
using PachUp.TestKit;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>Secrets that everything around a run knows, and that are nowhere in what it leaves and prints.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SecretsTests : IDisposable
{
    private const string Token = "token-4f1d2c";
    private const string Spoken = "password-77ab31";
    private const string InUrl = "user-9c8e:pass-5d2f";

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly Tool _tool = new();
    private readonly List<string> _printed = [];
    private readonly string _plugin;

    public SecretsTests() => _plugin = TestPlugin.Install("GoodPlugin", Directory.CreateDirectory(Path.Combine(_tool.WorkingDirectory, "given")).FullName);

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Nothing_that_a_run_leaves_or_prints_holds_a_secret()
    {
        await using var clusters = await ClusterPair.StartAsync();
        await GiveAsync(clusters.Source.Address.ToString());
        string[] plan = ["given/plan.yaml", .. clusters.Options, "--plugin-dir", _plugin];

        await RunAsync(0, "plugin", "trust", "add", _plugin);
        await RunAsync(0, ["plan", .. plan]);
        await RunAsync(0, ["plan", .. plan, "--output", "json"]);
        await RunAsync(3, ["apply", .. plan, "--yes", "--expect", "000000000000"]);
        await RunAsync(1, ["apply", .. plan, "--yes", "--set", "archive=/proc/self/nowhere/archive.pachx", "--output", "json"]);
        await RunAsync(1, "apply", "--resume", "--plugin-dir", _plugin, "--yes");
        await RunAsync(0, "rollback", "--plugin-dir", _plugin, "--yes");
        await RunAsync(0, ["apply", .. plan, "--yes"]);
        await RunAsync(0, "runs", "show", "--output", "json");
        await RunAsync(0, ["status", .. clusters.Options]);
        await RunAsync(1, "status", "--source", $"grpc://{InUrl}@127.0.0.1:1");

        Assert.Contains(_printed, text => text.Contains("Said ${env.SPOKEN}", StringComparison.Ordinal));
        Assert.All(_printed, AssertNoSecret);
        Assert.All(Left(), file => AssertNoSecret(File.ReadAllText(file)));
    }

    [Fact]
    public async Task What_a_run_leaves_is_readable_by_its_owner_only_whatever_the_umask()
    {
        await RunAsync(0, "apply", Tool.Plan, "--sandbox", "--yes", "--set", $"archive={_tool.WorkingDirectory}/elsewhere.pachx");

        string[] left = [.. Directory.EnumerateFileSystemEntries(Path.Combine(_tool.WorkingDirectory, ".pachup"), "*", SearchOption.AllDirectories),
            .. Directory.EnumerateFiles(_tool.WorkingDirectory, "elsewhere.pachx*")];
        Assert.True(left.Length > 10, $"only {left.Length} files were left");
        Assert.All(left, path => Assert.True((File.GetUnixFileMode(path) & Others) == UnixFileMode.None, $"{path}: {File.GetUnixFileMode(path)}"));
    }

    private async Task GiveAsync(string source)
    {
        await File.WriteAllTextAsync(
            Path.Combine(_tool.WorkingDirectory, "given", "config.json"), $$"""{ "v1": { "pachd_address": "{{source}}", "session_token": "{{Token}}" } }""");
        var shipped = await File.ReadAllTextAsync(Path.Combine(Recordings.Root, "..", "..", "migration-plans", "1.8.7-to-1.9.0.yaml"));
        var speaking = "steps:\n  - id: say\n    uses: sample/say\n    with: { text: \"${env.SPOKEN}\" }\n";
        await File.WriteAllTextAsync(
            Path.Combine(_tool.WorkingDirectory, "given", "plan.yaml"), shipped.Replace("steps:\n", speaking, StringComparison.Ordinal));
    }

    /// <summary>Runs a command in a shell that lets everybody read and write what is new.</summary>
    private async Task RunAsync(int exitCode, params string[] arguments)
    {
        var outcome = await _tool.RunInShellAsync(
            $"umask 000; export SPOKEN={Spoken}; export PACH_CONFIG={Path.Combine(_tool.WorkingDirectory, "given", "config.json")}", arguments);
        outcome.Expect(exitCode);
        _printed.Add(outcome.Answer);
        _printed.Add(outcome.Talk);
    }

    private IEnumerable<string> Left() => Directory.EnumerateFiles(_tool.WorkingDirectory, "*", SearchOption.AllDirectories)
        .Where(file => !file.StartsWith(Path.Combine(_tool.WorkingDirectory, "given"), StringComparison.Ordinal));

    private static void AssertNoSecret(string text)
    {
        Assert.DoesNotContain(Token, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Spoken, text, StringComparison.Ordinal);
        Assert.DoesNotContain(InUrl, text, StringComparison.Ordinal);
    }
}
