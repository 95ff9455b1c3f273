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
        _files() { print -l -- *(N) }
        source completion
        words=(pachup "$@"); CURRENT=$(( $# + 1 )); _pachup
        """;

    private const string Fish = """
        source completion
        complete -C "pachup $argv"
        """;

    private const string Pwsh = """
        . ./completion.ps1
        $line = "pachup $env:WORDS"
        [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches | ForEach-Object { $_.CompletionText }
        """;

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [ShellData("bash")]
    [ShellData("zsh")]
    [ShellData("fish")]
    [ShellData("pwsh")]
    public async Task Commands_options_and_names_are_completed(string shell)
    {
        await WriteSettingsAsync("clusters: { production: { address: a:1 } }\n");
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
    [ShellData("bash")]
    [ShellData("zsh")]
    [ShellData("fish")]
    [ShellData("pwsh")]
    public async Task The_ids_of_runs_and_files_are_completed(string shell)
    {
        (await _tool.RunAsync("apply", Tool.Plan, "--sandbox", "--yes", "--quiet")).Expect(0);
        await File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "my.pachx"), "");
        await InstallAsync(shell);

        Assert.Contains(_tool.LastRun, await CompleteAsync(shell, "runs", "show", "2"));
        Assert.Contains(await CompleteAsync(shell, "archive", "verify", "my"), file => file.EndsWith("my.pachx", StringComparison.Ordinal));
        Assert.Contains(await CompleteAsync(shell, "plan", "my"), file => file.EndsWith("my.pachx", StringComparison.Ordinal));
    }

    /// <summary>zsh and fish quote a name when they insert it; bash and PowerShell insert what they get.</summary>
    [Theory]
    [ShellData("bash", @"my\ prod\$\(touch\ owned\)")]
    [ShellData("zsh", "my prod$(touch owned)")]
    [ShellData("fish", "my prod$(touch owned)")]
    [ShellData("pwsh", "'my prod$(touch owned)'")]
    public async Task A_name_that_a_shell_could_carry_out_is_only_a_name(string shell, string offered)
    {
        await WriteSettingsAsync("clusters: { \"my prod$(touch owned)\": { address: a:1 } }\n");
        await InstallAsync(shell);

        Assert.Equal([offered], await CompleteAsync(shell, "status", "--source", "my"));
        Assert.False(File.Exists(Path.Combine(_tool.WorkingDirectory, "owned")));
    }

    [Fact]
    public async Task An_unknown_shell_is_refused_and_a_name_that_cannot_be_read_shows_nothing()
    {
        (await _tool.RunAsync("completion", "csh")).Expect(2).Says("Choose one of bash, zsh, fish, pwsh");
        (await _tool.RunAsync("completion")).Expect(2).Says("Name your shell");
        await WriteSettingsAsync("clusters: [");

        var names = await _tool.RunAsync("complete", "cluster");

        Assert.Equal(("", ""), (names.Answer, names.Talk));
    }

    private Task WriteSettingsAsync(string settings) => File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "pachup.yaml"), settings);

    private async Task InstallAsync(string shell)
    {
        var script = (await _tool.RunAsync("completion", shell)).Expect(0).Answer;
        await File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, shell == "pwsh" ? "completion.ps1" : "completion"), script);
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
            "fish" => ["--no-config", "-c", Fish, string.Join(' ', words)],
            _ => ["-NoProfile", "-NonInteractive", "-Command", Pwsh],
        };
        var path = $"{_tool.WorkingDirectory}:{Environment.GetEnvironmentVariable("PATH")}";
        var result = await _tool.Command().WithTargetFile(shell).WithArguments(arguments)
            .WithEnvironmentVariables(variables => variables.Set("HOME", _tool.WorkingDirectory).Set("PATH", path).Set("WORDS", string.Join(' ', words)))
            .ExecuteBufferedAsync();
        return [.. result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0])];
    }
}
