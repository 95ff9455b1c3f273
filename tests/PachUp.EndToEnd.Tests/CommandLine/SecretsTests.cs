using System.Runtime.Versioning;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>Secrets are never in the files or in the output of a run.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SecretsTests : IDisposable
{
    private const string Token = "token-4f1d2c";
    private const string Spoken = "password-77ab31";
    private const string InUrl = "user-9c8e:pass-5d2f";
    private const string InFile = "key/with \"quotes\" & ${more}: tail-7z1q";
    private const string InVariable = "parameter-e06d19";

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly Tool _tool = new();
    private readonly List<string> _printed = [];
    private readonly string _given;
    private readonly string _plugin;
    private readonly string _leakyPlugin;
    private string _exports = $"export SPOKEN={Spoken}";

    public SecretsTests()
    {
        _given = Directory.CreateDirectory(Path.Combine(_tool.WorkingDirectory, "given")).FullName;
        _plugin = TestPlugin.Install("GoodPlugin", _given);
        _leakyPlugin = TestPlugin.Install("MisbehavingPlugin", _given);
    }

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Files_and_output_of_a_run_contain_no_secret()
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
    public async Task Secret_parameters_are_never_stored_and_must_be_given_again_to_resume_or_roll_back()
    {
        await using var clusters = await ClusterPair.StartAsync();
        await GiveLeakyPlanAsync();
        string[] more = ["--plugin-dir", _leakyPlugin, "--yes"];
        string[] plan = ["given/plan.yaml", .. clusters.Options, "--secret", "token=env:GIVEN", "--secret", "key=file:given/key", "--plugin-dir", _leakyPlugin];
        await RunAsync(0, "plugin", "trust", "add", _leakyPlugin);

        await RunAsync(2, ["plan", .. plan]);
        _exports = $"export GIVEN={InVariable}";
        await RunAsync(2, ["plan", .. plan, "--set", "token=typed-38ac51"]);
        await RunAsync(0, ["plan", .. plan]);
        await RunAsync(0, ["plan", .. plan, "--output", "json"]);
        await RunAsync(1, ["apply", .. plan, "--yes"]);
        _exports = $"export OTHER={InVariable}";
        var unset = await RunAsync(2, ["apply", "--resume", .. more]);
        var failed = await RunAsync(1, ["apply", "--resume", "--secret", "token=env:OTHER", .. more, "--output", "json"]);
        await File.WriteAllTextAsync(Path.Combine(_given, "all-is-well"), "");
        await RunAsync(0, ["apply", "--resume", "--secret", "token=env:OTHER", .. more]);
        await RunAsync(0, "runs", "show");
        await RunAsync(0, "runs", "report");
        await RunAsync(2, ["rollback", _tool.LastRun, .. more]);
        await RunAsync(0, ["rollback", "--dry-run", "--secret", "token=env:OTHER", "--plugin-dir", _leakyPlugin]);
        await RunAsync(0, ["rollback", _tool.LastRun, "--confirm", clusters.Source.Address.ToString(), "--secret", "token=env:OTHER", .. more]);

        failed.Says("pachup apply --resume 2").Says("--secret token=env:OTHER");
        unset.Says("--secret token: the environment variable \"GIVEN\" is not set").Says("--secret token=file:PATH");
        Assert.Contains(_printed, text => text.Contains("Told ${parameters.token}", StringComparison.Ordinal));
        Assert.Contains(_printed, text => text.Contains("https://${parameters.key|url}@example.org", StringComparison.Ordinal));
        Assert.All(_printed, AssertNoSecret);
        Assert.All(Left(), file => AssertNoSecret(File.ReadAllText(file)));
    }

    [Fact]
    public async Task Files_of_a_run_are_readable_by_their_owner_only_for_any_umask()
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
            Path.Combine(_given, "config.json"), $$"""{ "v1": { "pachd_address": "{{source}}", "session_token": "{{Token}}" } }""");
        await WritePlanAsync(shipped => shipped.Replace(
            "steps:\n", "steps:\n  - id: say\n    uses: sample/say\n    with: { text: \"${env.SPOKEN}\" }\n", StringComparison.Ordinal));
    }

    /// <summary>A plan whose steps print both secrets, fail once, and compare the stored values when the run is resumed.</summary>
    private async Task GiveLeakyPlanAsync()
    {
        const string steps = """
            steps:
              - { id: token, uses: bad/leak, with: { secret: "${parameters.token}" } }
              - { id: key, uses: bad/leak, with: { secret: "${parameters.key}", unless: given/all-is-well } }
              - { id: again, uses: bad/leak, with: { secret: "${steps.token.told}", same: "${parameters.token}" } }
              - { id: once-more, uses: bad/leak, with: { secret: "${steps.key.told}", same: "${parameters.key}" } }

            """;
        const string parameters = "parameters:\n  token: { secret: true }\n  key: { secret: true }\n";
        await File.WriteAllTextAsync(Path.Combine(_given, "key"), InFile + "\n");
        await File.WriteAllTextAsync(Path.Combine(_given, "config.json"), "{}");
        await WritePlanAsync(shipped => shipped
            .Replace("parameters:\n", parameters, StringComparison.Ordinal)
            .Replace("steps:\n", steps, StringComparison.Ordinal));
    }

    private async Task WritePlanAsync(Func<string, string> change)
    {
        var shipped = await File.ReadAllTextAsync(Path.Combine(Recordings.Root, "..", "..", "migration-plans", "1.8.7-to-1.9.0.yaml"));
        await File.WriteAllTextAsync(Path.Combine(_given, "plan.yaml"), change(shipped));
    }

    /// <summary>Runs a command with a umask that allows all users to read and write new files.</summary>
    private async Task<Outcome> RunAsync(int exitCode, params string[] arguments)
    {
        var outcome = await _tool.RunInShellAsync($"umask 000; {_exports}; export PACH_CONFIG={Path.Combine(_given, "config.json")}", arguments);
        _printed.Add(outcome.Answer);
        _printed.Add(outcome.Talk);
        return outcome.Expect(exitCode);
    }

    private IEnumerable<string> Left() => Directory.EnumerateFiles(_tool.WorkingDirectory, "*", SearchOption.AllDirectories)
        .Where(file => !file.StartsWith(_given, StringComparison.Ordinal));

    private static void AssertNoSecret(string text)
    {
        string[] secrets = [Token, Spoken, InUrl, InVariable, "typed-38ac51", "tail-7z1q"];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }
}
