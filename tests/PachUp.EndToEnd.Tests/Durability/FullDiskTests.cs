using CliWrap;
using Grpc.Core;
using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.Sdk.Testing;

namespace PachUp.EndToEnd.Tests.Durability;

/// <summary>A sandbox whose files cannot grow, as on a full disk.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int FileKibibytes = 400;
    private const int MostRepos = 2000;

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_sandbox_that_cannot_write_ends_with_the_reason_and_keeps_what_it_acknowledged()
    {
        await using var sandbox = await SandboxProcess.StartAsync(WithSmallFiles(_tool.Command("sandbox", "--release", "1.9.0", "--data", "data")));
        using var builder = new ClusterBuilder(sandbox.ClusterAddress);
        var acknowledged = new Ledger();

        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            for (var number = 0; number < MostRepos; number++)
            {
                await builder.CreateRepoAsync($"repo-{number}", description: new string('x', 1000));
                acknowledged.AddRepo($"repo-{number}");
            }
        });
        var outcome = await sandbox.EndAsync();

        // The client gets the message only if the connection is still open when the process ends.
        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
        outcome.Expect(1).Says("the data directory \"data\" cannot be written").Says("that the disk has room");
        await using var again = await SandboxProcess.StartAsync(_tool, "--data", "data");
        await acknowledged.CheckAsync(again.ClusterAddress);
        Assert.Equal(acknowledged.Count, await CountReposAsync(again));
    }

    /// <summary>The command with a limit on the size of files. Exceeding the limit is an error and does not end the process.</summary>
    private static Command WithSmallFiles(Command command) => command
        .WithTargetFile("bash")
        .WithArguments(["-c", $"trap '' XFSZ; ulimit -f {FileKibibytes}; exec {command.TargetFilePath} {command.Arguments}"])
        .WithEnvironmentVariables(new Dictionary<string, string?>(command.EnvironmentVariables) { ["DOTNET_EnableWriteXorExecute"] = "0" });

    private static async Task<int> CountReposAsync(SandboxProcess sandbox)
    {
        using var channel = SandboxChannel.Open(sandbox.ClusterAddress);
        return (await new Pachyderm.Wire.Pfs.API.APIClient(channel).ListRepoAsync(new())).RepoInfo.Count;
    }
}
