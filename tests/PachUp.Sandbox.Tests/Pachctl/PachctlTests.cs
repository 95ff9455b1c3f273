using Google.Protobuf;
using Grpc.Core;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sdk.Testing;
using Snapshooter;
using Snapshooter.Xunit;
using PfsApi = PachUp.Pachyderm.Wire.Pfs.API.APIClient;

namespace PachUp.Sandbox.Tests.Pachctl;

/// <summary>The calls of pachctl, for each release.</summary>
public sealed class PachctlTests
{
    private const int LargeFileBytes = 25_000_000;

    // The buffer size of pachctl for standard input and files, and the largest piece that its library sends.
    private const int CopyBytes = 32 * 1024;
    private const int LargestPieceBytes = 10 * 1024 * 1024;

    public static TheoryData<string> Releases => [.. SandboxReleases.All.Select(release => release.ToString())];

    public static TheoryData<string, int> ReleasesAndPieces
    {
        get
        {
            var rows = new TheoryData<string, int>();
            foreach (var release in SandboxReleases.All)
            {
                rows.Add(release.ToString(), CopyBytes);
                rows.Add(release.ToString(), LargestPieceBytes);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Every_command_of_a_session_is_answered(string release)
    {
        await using var cluster = await Clusters.StartAsync(release);
        using var terminal = new PachctlTerminal(cluster);
        var lines = new List<string>();

        foreach (var command in PachctlSession.Of(Release.Parse(release)))
        {
            lines.AddRange(await terminal.RunAsync(command));
        }

        Snapshot.Match(string.Join('\n', lines), new SnapshotNameExtension(release));
    }

    [Theory]
    [MemberData(nameof(ReleasesAndPieces))]
    public async Task A_large_file_comes_back_as_it_was_put(string release, int pieceBytes)
    {
        await using var cluster = await Clusters.StartAsync(release);
        using var builder = new ClusterBuilder(cluster.Address);
        using var channel = SandboxChannel.Open(cluster.Address);
        var pfs = new PfsApi(channel);
        var content = new byte[LargeFileBytes];
        new Random(1).NextBytes(content);
        await builder.CreateRepoAsync("images");

        await PutAsync(pfs, content, pieceBytes);

        Assert.Equal(content, await GetAsync(pfs));
    }

    private static Pachyderm.Wire.Pfs.File LargeFile => new() { Commit = new Commit { Repo = new Repo { Name = "images" }, Id = "master" }, Path = "/large" };

    /// <summary>The first piece names the file; the others only have content.</summary>
    private static async Task PutAsync(PfsApi pfs, byte[] content, int pieceBytes)
    {
        using var call = pfs.PutFile();
        var file = LargeFile;
        foreach (var piece in content.Chunk(pieceBytes))
        {
            await call.RequestStream.WriteAsync(new PutFileRequest { File = file, Value = ByteString.CopyFrom(piece) });
            file = null;
        }

        await call.RequestStream.CompleteAsync();
        await call;
    }

    private static async Task<byte[]> GetAsync(PfsApi pfs)
    {
        using var call = pfs.GetFile(new GetFileRequest { File = LargeFile });
        using var content = new MemoryStream();
        await foreach (var part in call.ResponseStream.ReadAllAsync())
        {
            part.Value.WriteTo(content);
        }

        return content.ToArray();
    }
}
