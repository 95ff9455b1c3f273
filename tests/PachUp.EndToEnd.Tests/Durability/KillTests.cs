using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.Testing;
using Xunit.Abstractions;

namespace PachUp.EndToEnd.Tests.Durability;

/// <summary>A sandbox with a data directory that is killed while clients write to it.</summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Rounds = 5;
    private const int MostCallsPerRound = 60;

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("1.8.7", "1.8.7-world-full")]
    [InlineData("1.9.12", null)]
    [InlineData("1.9.0", null, "--run-pipelines")]
    public async Task Everything_acknowledged_exists_after_a_kill_and_nothing_is_incomplete(
        string release, string? archive, params string[] more)
    {
        string[] options = ["--release", release, "--data", "data", .. more];
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var acknowledged = new Ledger();
        for (var round = 0; round < Rounds; round++)
        {
            await using var sandbox = await SandboxProcess.StartAsync(_tool, options);
            await acknowledged.CheckAsync(sandbox.ClusterAddress);

            var clients = new WritingClients(sandbox.ClusterAddress, acknowledged, random.Next(), archive is null ? null : Recordings.Archive(archive));
            await clients.WriteUntilAsync(acknowledgements: random.Next(1, MostCallsPerRound), sandbox.KillAsync);
        }

        await using var last = await SandboxProcess.StartAsync(_tool, options);
        await acknowledged.CheckAsync(last.ClusterAddress);
        Assert.True(acknowledged.Count >= Rounds, $"only {acknowledged.Count} calls were acknowledged");
    }
}
