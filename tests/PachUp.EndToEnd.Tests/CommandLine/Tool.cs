using System.Text;
using CliWrap;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>The built tool, run as a process in an empty directory with an empty home.</summary>
internal sealed class Tool : IDisposable
{
    /// <summary>The shipped plan, by its name.</summary>
    public const string Plan = "pachyderm-1.8.7-to-1.9.0";

    private static readonly string Assembly = FindAssembly();

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pachup-e2e-");

    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("pachup-e2e-tmp-");

    /// <summary>The working directory.</summary>
    public string WorkingDirectory => _directory.FullName;

    /// <summary>The files that it left in the directory for temporary files.</summary>
    public IEnumerable<string> TemporaryFiles => _temporary.EnumerateFileSystemInfos("pachup*").Select(file => file.Name);

    /// <summary>The id of the last run in the default state directory.</summary>
    public string LastRun => Path.GetFileName(Directory.EnumerateDirectories(Path.Combine(WorkingDirectory, ".pachup", "runs")).Order(StringComparer.Ordinal).Last());

    /// <summary>The command, ready to start.</summary>
    public Command Command(params string[] arguments) => CliWrap.Cli.Wrap("dotnet")
        .WithArguments([Assembly, .. arguments])
        .WithWorkingDirectory(WorkingDirectory)
        .WithEnvironmentVariables(variables => variables
            .Set("HOME", WorkingDirectory)
            .Set("TMPDIR", _temporary.FullName)
            .Set("PACHD_ADDRESS", null)
            .Set("ADDRESS", null)
            .Set("PACH_CONFIG", null)
            .Set("KUBECONFIG", null)
            .Set("KUBERNETES_SERVICE_HOST", null)
            .Set("PACHUP_STATE_DIR", null)
            .Set("PACHUP_PLUGIN_DIR", null)
            .Set("PACHUP_TRUSTED_PLUGINS", null)
            .Set("NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT", "1"))
        .WithValidation(CommandResultValidation.None);

    /// <summary>The command on a machine with another name, which only a privileged user of Linux can start.</summary>
    public Command CommandOn(string machine, params string[] arguments) => Command(arguments)
        .WithTargetFile("unshare")
        .WithArguments(["--uts", "bash", "-c", "hostname \"$0\" && exec \"$@\"", machine, "dotnet", Assembly, .. arguments]);

    /// <summary>Runs a command until it ends.</summary>
    public Task<Outcome> RunAsync(params string[] arguments) => RunAsync(_ => { }, arguments);

    /// <summary>Runs a command until it ends, on a machine with another name.</summary>
    public Task<Outcome> RunOnAsync(string machine, params string[] arguments) => EndOfAsync(CommandOn(machine, arguments));

    /// <summary>Runs a command with more environment variables.</summary>
    public Task<Outcome> RunWithAsync(Dictionary<string, string?> variables, params string[] arguments)
    {
        var command = Command(arguments);
        return EndOfAsync(command.WithEnvironmentVariables(command.EnvironmentVariables.Where(variable => !variables.ContainsKey(variable.Key)).Concat(variables).ToDictionary()));
    }

    /// <summary>Runs a command until it ends, and calls a delegate for each line of standard error.</summary>
    public Task<Outcome> RunAsync(Action<string> onErrorLine, params string[] arguments) => EndOfAsync(Command(arguments), onErrorLine);

    private static async Task<Outcome> EndOfAsync(Command command, Action<string>? onErrorLine = null)
    {
        var (answer, talk) = (new StringBuilder(), new StringBuilder());
        var talkPipe = PipeTarget.Merge(PipeTarget.ToStringBuilder(talk), PipeTarget.ToDelegate(onErrorLine ?? (_ => { })));
        var result = await (command | (PipeTarget.ToStringBuilder(answer), talkPipe)).ExecuteAsync();
        return new Outcome(result.ExitCode, answer.ToString(), talk.ToString());
    }

    /// <summary>
    /// Runs a command with a limit on the size of files, to simulate a full disk. Unlike a small file system, this works for root and for other
    /// users.
    /// </summary>
    public Task<Outcome> RunWithFileLimitAsync(int megabytes, params string[] arguments) =>
        // Without this setting, code that is compiled at run time is stored in a large file.
        RunInShellAsync($"trap '' XFSZ; ulimit -f {megabytes * 1024}; export DOTNET_EnableWriteXorExecute=0", arguments);

    /// <summary>Runs a command in a prepared shell.</summary>
    public async Task<Outcome> RunInShellAsync(string preparation, params string[] arguments)
    {
        var (answer, talk) = (new StringBuilder(), new StringBuilder());
        var command = Command(arguments).WithTargetFile("bash")
            .WithArguments(["-c", $"{preparation}; exec \"$@\"", "bash", "dotnet", Assembly, .. arguments]);
        var result = await (command | (PipeTarget.ToStringBuilder(answer), PipeTarget.ToStringBuilder(talk))).ExecuteAsync();
        return new Outcome(result.ExitCode, answer.ToString(), talk.ToString());
    }

    /// <summary>Runs a command and asks it to end when a line of standard error contains a text.</summary>
    public async Task<Outcome> InterruptAtAsync(string line, params string[] arguments)
    {
        using var running = RunningTool.Start(this, arguments);
        await running.UntilAsync(line);
        await running.InterruptAsync();
        return await running.EndAsync();
    }

    /// <summary>Copies a shipped plan into the working directory and replaces a text in it, like a user.</summary>
    /// <returns>The name of the copy.</returns>
    public async Task<string> CopyPlanAsync(string file, string text, string changed)
    {
        var shipped = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "migration-plans", file + ".yaml"));
        Assert.Contains(text, shipped, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(WorkingDirectory, "plan.yaml"), shipped.Replace(text, changed, StringComparison.Ordinal));
        return "plan.yaml";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        DeleteLeftLocks();
        _directory.Delete(recursive: true);
        _temporary.Delete(recursive: true);
    }

    /// <summary>Deletes the locks that runs of this directory left for the users of the machine, because they did not end.</summary>
    private void DeleteLeftLocks()
    {
        foreach (var path in Directory.EnumerateFiles("/var/tmp", "pachup-*.lock").Where(IsOurs))
        {
            File.Delete(path);
        }
    }

    private bool IsOurs(string path)
    {
        try
        {
            return File.ReadAllText(path).Contains(WorkingDirectory, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // Another process holds it or has just removed it.
            return false;
        }
    }

    /// <summary>The build output of the tool, in the configuration of these tests.</summary>
    private static string FindAssembly()
    {
        var repository = Path.GetFullPath(Path.Combine(Recordings.Root, "..", ".."));
        var output = Path.GetRelativePath(Path.Combine(repository, "tests", "PachUp.EndToEnd.Tests"), AppContext.BaseDirectory);
        return Path.Combine(repository, "src", "PachUp", output, "PachUp.dll");
    }
}

/// <summary>The result of the tool.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Answer">The standard output.</param>
/// <param name="Talk">The standard error.</param>
internal sealed record Outcome(int ExitCode, string Answer, string Talk)
{
    /// <summary>Asserts the exit code, and that there is no stack trace. A failure shows the output.</summary>
    public Outcome Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, expected {exitCode}\n{Answer}\n{Talk}");
        Assert.DoesNotContain("   at PachUp", Talk, StringComparison.Ordinal);
        return this;
    }

    /// <summary>Asserts that standard error contains a text. Line breaks are ignored.</summary>
    public Outcome Says(string text)
    {
        Assert.Contains(text, string.Join(' ', Talk.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        return this;
    }

    /// <summary>Asserts that standard output contains a text. Line breaks are ignored.</summary>
    public Outcome Answers(string text)
    {
        Assert.Contains(text, string.Join(' ', Answer.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        return this;
    }
}
