using System.Runtime.CompilerServices;
using System.Text;
using CliWrap;
using CliWrap.Builders;

namespace PachUp.Outside.Tests;

/// <summary>
/// Somebody who has the packages and nothing else: a directory and a home of their own, both empty, and a feed that PachUp's packages come from.
/// Third parties' packages come from wherever this machine has them.
/// </summary>
internal sealed class Stranger : IDisposable
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("pachup-outside-");

    public Stranger()
    {
        Feed = _place.CreateSubdirectory("feed").FullName;
        Home = _place.CreateSubdirectory("home").FullName;
        WorkingDirectory = _place.CreateSubdirectory("work").FullName;
        File.WriteAllText(Path.Combine(_place.FullName, "nuget.config"), $"""
            <?xml version="1.0" encoding="utf-8"?>
            <configuration>
              <packageSources>
                <clear />
                <add key="pachup" value="{Feed}" />
                <add key="machine" value="{MachinesPackages}" />
                <add key="nuget.org" value="https://api.nuget.org/v3/index.json" protocolVersion="3" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="pachup"><package pattern="PachUp" /><package pattern="PachUp.*" /></packageSource>
                <packageSource key="machine"><package pattern="*" /></packageSource>
                <packageSource key="nuget.org"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
    }

    /// <summary>The feed with PachUp's packages.</summary>
    public string Feed { get; }

    /// <summary>Where commands run.</summary>
    public string WorkingDirectory { get; }

    private string Home { get; }

    private static string Repository => Path.GetFullPath(Path.Combine(ThisFolder(), "..", ".."));

    private static string MachinesPackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Packs a project of the repository, as it was built, into the feed.</summary>
    public Task PackAsync(string project) => ExpectAsync(Cli.Wrap("dotnet")
        .WithWorkingDirectory(Repository)
        .WithEnvironmentVariables(variables => WithoutServers(variables))
        .WithArguments(["pack", Path.Combine("src", project), "--no-build", "--configuration", Configuration, "--output", Feed, "--verbosity", "quiet"]));

    /// <summary>Runs dotnet as the stranger does.</summary>
    public Task<string> DotnetAsync(string folder, params string[] arguments) => ExpectAsync(AsStranger("dotnet", folder, arguments));

    /// <summary>Runs the installed tool.</summary>
    public Task<string> PachupAsync(params string[] arguments) => ExpectAsync(AsStranger(Path.Combine(ToolFolder, "pachup"), WorkingDirectory, arguments));

    /// <summary>Where the tool is installed.</summary>
    public string ToolFolder => Path.Combine(_place.FullName, "tool");

    public void Dispose() => _place.Delete(recursive: true);

    private Command AsStranger(string program, string folder, string[] arguments) => Cli.Wrap(program)
        .WithWorkingDirectory(Path.Combine(WorkingDirectory, folder))
        .WithArguments(arguments)
        .WithEnvironmentVariables(variables => WithoutServers(variables)
            .Set("HOME", Home)
            .Set("DOTNET_CLI_HOME", Home)
            .Set("NUGET_PACKAGES", Path.Combine(_place.FullName, "packages"))
            .Set("DOTNET_CLI_TELEMETRY_OPTOUT", "true")
            .Set("PACHD_ADDRESS", null)
            .Set("PACHUP_PLUGIN_DIR", null)
            .Set("PACHUP_TRUSTED_PLUGINS", null)
            .Set("PACHUP_STATE_DIR", null));

    /// <summary>Servers of the build would outlive the test.</summary>
    private static EnvironmentVariablesBuilder WithoutServers(EnvironmentVariablesBuilder variables) => variables
        .Set("MSBUILDDISABLENODEREUSE", "1")
        .Set("DOTNET_CLI_USE_MSBUILD_SERVER", "0")
        .Set("UseSharedCompilation", "false");

    private static async Task<string> ExpectAsync(Command command)
    {
        var said = new StringBuilder();
        var result = await (command.WithValidation(CommandResultValidation.None) | (PipeTarget.ToStringBuilder(said), PipeTarget.ToStringBuilder(said))).ExecuteAsync();
        Assert.True(result.ExitCode == 0, $"{command} ended with {result.ExitCode}:\n{said}");
        return said.ToString();
    }

    private static string Configuration => Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
