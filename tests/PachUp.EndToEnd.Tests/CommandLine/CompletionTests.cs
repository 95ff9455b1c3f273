using CliWrap.Buffered;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>The completion scripts, in the shells themselves.</summary>
public sealed class CompletionTests : IDisposable
{
    private const string Bash = """
        source completion
        COMP_WORDS=(pachup "$@"); COMP_CWORD=$#
        _pachup; printf '%s\n' "${COMPREPLY[@]}"
        """;

    /// <summary>Outside of an interactive zsh there is nothing to complete in, so its two functions only print.</summary>
    private const string Zsh = """
        compdef() { : }
        compadd() { local -a shown; if [[ $1 == -a ]]; then shown=(${(P)2}); else shift; shown=($@); fi; print -l -- $shown; }
        _files() { : }
        source completion
        words=(pachup "$@"); CURRENT=$(( $# + 1 )); _pachup
        """;

    private const string Fish = """
        source completion
        complete -C "pachup $argv"
        """;

    private readonly Tool _tool = new();

    public static TheoryData<string> Shells => [.. new[] { "bash", "zsh", "fish" }.Where(IsInstalled)];

    public void Dispose() => _tool.Dispose();

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Commands_options_and_names_are_completed(string shell)
    {
        await File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "pachup.yaml"), "clusters: { production: { address: a:1 } }\n");
        await InstallAsync(shell);

        Assert.Contains("apply", await CompleteAsync(shell, "ap"));
        Assert.Equal(["convert", "diff", "inspect", "verify"], (await CompleteAsync(shell, "archive", "")).Order(StringComparer.Ordinal));
        Assert.Contains("--detailed-exitcode", await CompleteAsync(shell, "plan", "--det"));
        Assert.Contains("pachyderm-upgrade-point-release", await CompleteAsync(shell, "apply", "pachyderm-up"));
        Assert.Contains("open-commits", await CompleteAsync(shell, "plan", "x", "--accept", "open-"));
        Assert.Contains("production", await CompleteAsync(shell, "status", "--source", "prod"));
        Assert.Contains("jsonl", await CompleteAsync(shell, "status", "--output", "j"));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task The_ids_of_runs_are_completed(string shell)
    {
        (await _tool.RunAsync("apply", Tool.Plan, "--sandbox", "--yes", "--quiet")).Expect(0);
        await InstallAsync(shell);

        Assert.Contains(_tool.LastRun, await CompleteAsync(shell, "runs", "show", "2"));
    }

    [Fact]
    public async Task The_script_of_PowerShell_names_every_command_and_its_options()
    {
        var script = (await _tool.RunAsync("completion", "pwsh")).Expect(0).Answer;

        Assert.Contains("'archive verify' = @{", script, StringComparison.Ordinal);
        Assert.Contains("'--accept' = 'check'", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_shell_is_refused_and_a_name_that_cannot_be_read_shows_nothing()
    {
        (await _tool.RunAsync("completion", "csh")).Expect(2).Says("Choose one of bash, zsh, fish, pwsh");
        (await _tool.RunAsync("completion")).Expect(2).Says("Name your shell");
        await File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "pachup.yaml"), "clusters: [");

        var names = await _tool.RunAsync("complete", "cluster");

        Assert.Equal(("", ""), (names.Answer, names.Talk));
    }

    private async Task InstallAsync(string shell)
    {
        await File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "completion"), (await _tool.RunAsync("completion", shell)).Expect(0).Answer);
        var command = _tool.Command();
        var shim = Path.Combine(_tool.WorkingDirectory, "pachup");
        await File.WriteAllTextAsync(shim, $"#!/bin/sh\nexec {command.TargetFilePath} {command.Arguments} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(shim, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private async Task<IReadOnlyList<string>> CompleteAsync(string shell, params string[] words)
    {
        string[] arguments = shell switch
        {
            "bash" => ["--norc", "-c", Bash, "bash", .. words],
            "zsh" => ["-f", "-c", Zsh, "zsh", .. words],
            _ => ["--no-config", "-c", Fish, string.Join(' ', words)],
        };
        var path = $"{_tool.WorkingDirectory}:{Environment.GetEnvironmentVariable("PATH")}";
        var result = await _tool.Command().WithTargetFile(shell).WithArguments(arguments)
            .WithEnvironmentVariables(variables => variables.Set("HOME", _tool.WorkingDirectory).Set("PATH", path))
            .ExecuteBufferedAsync();
        return [.. result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0])];
    }

    private static bool IsInstalled(string shell) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, shell)));
}
