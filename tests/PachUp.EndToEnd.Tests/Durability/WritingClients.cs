using Grpc.Core;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Sdk.Testing;
using AdminApi = PachUp.Pachyderm.Wire.Admin.API.APIClient;

namespace PachUp.EndToEnd.Tests.Durability;

/// <summary>Clients that write at the same time, each as fast as possible, and record acknowledged calls in a ledger.</summary>
/// <param name="address">The server.</param>
/// <param name="ledger">Records acknowledged calls.</param>
/// <param name="seed">The seed of the random content.</param>
/// <param name="archive">The archive that one client restores repeatedly; null for none.</param>
internal sealed class WritingClients(ClusterAddress address, Ledger ledger, int seed, string? archive)
{
    private const int Writers = 3;
    private const int MostCharacters = 40_000;

    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left;

    /// <summary>Writes until a number of calls is acknowledged, then acts on the server, and returns when all clients have failed.</summary>
    public async Task WriteUntilAsync(int acknowledgements, Func<Task> kill)
    {
        _left = acknowledgements;
        var writers = Enumerable.Range(0, Writers).Select(number => UntilGoneAsync(() => WriteAsync(new Random(seed + number)))).ToList();
        if (archive is not null)
            writers.Add(UntilGoneAsync(RestoreAsync));

        await Task.WhenAny([_enough.Task, .. writers]);
        await kill();
        await Task.WhenAll(writers);
    }

    private static async Task UntilGoneAsync(Func<Task> write)
    {
        try
        {
            while (true)
            {
                await write();
            }
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled)
        {
            // The server has ended, as expected.
        }
    }

    private async Task WriteAsync(Random random)
    {
        using var builder = new ClusterBuilder(address);
        var repo = $"r{Guid.NewGuid():N}";
        await builder.CreateRepoAsync(repo);
        Acknowledge(() => ledger.AddRepo(repo));
        await builder.CreatePipelineAsync($"p{repo}", repo);
        Acknowledge(() => ledger.AddPipeline($"p{repo}"));
        for (var number = 0; number < random.Next(1, 5); number++)
        {
            var commit = await builder.StartCommitAsync(repo, "master");
            Acknowledge(() => ledger.AddStarted(repo, commit));
            var content = new string((char)('a' + random.Next(26)), random.Next(1, MostCharacters));
            await builder.PutFileAsync(repo, commit, $"/{number}", content);
            await builder.FinishCommitAsync(repo, commit);
            Acknowledge(() => ledger.AddFinished(repo, commit, $"/{number}", content));
        }
    }

    private async Task RestoreAsync()
    {
        using var channel = SandboxChannel.Open(address);
        using var call = new AdminApi(channel).Restore();
        await using var file = System.IO.File.OpenRead(archive!);
        await foreach (var operation in ArchiveReader.ReadAsync(file))
        {
            await call.RequestStream.WriteAsync(new RestoreRequest { Op = Op.Parser.ParseFrom(operation.Bytes.Span) });
        }

        await call.RequestStream.CompleteAsync();
        await call;
        Acknowledge(ledger.AddRestored);
    }

    private void Acknowledge(Action note)
    {
        note();
        if (Interlocked.Decrement(ref _left) == 0)
            _enough.SetResult();
    }
}
