using System.Net;
using System.Net.Sockets;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

public sealed class BadInputTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task An_unknown_command_suggests_the_nearest()
    {
        var outcome = await _tool.RunAsync("aply");

        outcome.Expect(2).Says("there is no command \"pachup aply\"").Says("Did you mean \"apply\"?");
        Assert.Empty(outcome.Answer);
    }

    [Fact]
    public async Task All_mistakes_of_a_plan_are_reported_with_their_positions()
    {
        var path = Path.Combine(_tool.WorkingDirectory, "my.yaml");
        await File.WriteAllTextAsync(path, "apiVersion: pachup/v1\nkind: MigrationPlan\nname: mine\nfrm: { line: \"1.8\" }\nto: { release: 1.9.99 }\nsteps:\n  - id: a\n    uses: pachyderm/chck\n");

        var outcome = await _tool.RunAsync("plan", "my.yaml");

        outcome.Expect(2).Says("my.yaml:4:1").Says("did you mean \"from\"?").Says("did you mean \"pachyderm/check\"?");
        Assert.Empty(outcome.Answer);
    }

    [Fact]
    public async Task An_unknown_plan_suggests_the_one_that_ships() =>
        (await _tool.RunAsync("plan", "pachyderm-1.8.7-to-1.9.1")).Expect(2).Says("did you mean \"pachyderm-1.8.7-to-1.9.0\"?");

    [Fact]
    public async Task An_address_without_a_server_is_reported_with_its_origin() =>
        (await _tool.RunAsync("plan", Tool.Plan, "--source", $"127.0.0.1:{FreePort()}")).Expect(1).Says("(from --source)").Says("no server listens at this address");

    [Fact]
    public async Task A_server_that_is_not_pachd_is_reported()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener);

        var outcome = await _tool.RunAsync("plan", Tool.Plan, "--source", $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

        outcome.Expect(1).Says("(from --source)").Says("pachd");
        listener.Stop();
        await answering;
    }

    [Fact]
    public async Task An_incomplete_archive_is_reported_with_the_position_and_the_remedy()
    {
        var path = Path.Combine(_tool.WorkingDirectory, "broken.pachx");
        var whole = await File.ReadAllBytesAsync(Recordings.Archive("1.8.7-world-full"));
        await File.WriteAllBytesAsync(path, whole[..(whole.Length / 2)]);

        (await _tool.RunAsync("archive", "verify", "broken.pachx")).Expect(1).Says("The archive \"broken.pachx\" cannot be used.").Says("Extract it again.");
    }

    [Theory]
    [InlineData("1.8.7-empty", "is empty")]
    [InlineData("1.8.7-mixed-with-1.7.14", "cannot be used")]
    public async Task An_archive_that_must_not_be_restored_is_reported(string archive, string message) =>
        (await _tool.RunAsync("archive", "verify", Recordings.Archive(archive))).Expect(1).Says(message);

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        (await _tool.RunAsync("sandbox", "--port", $"{port}")).Expect(1).Says($"127.0.0.1:{port}").Says("another port");
    }

    [Fact]
    public async Task Without_a_terminal_and_without_yes_nothing_is_started()
    {
        (await _tool.RunAsync("apply", Tool.Plan, "--sandbox")).Expect(2).Says("add --yes");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_tool.WorkingDirectory));
    }

    [Fact]
    public async Task A_broken_plugin_is_reported_and_the_command_succeeds()
    {
        Directory.CreateDirectory(Path.Combine(_tool.WorkingDirectory, "mine", "Broken"));
        await File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "mine", "Broken", "Broken.dll"), "no assembly");

        var outcome = await _tool.RunAsync("plugin", "list", "--plugin-dir", "mine");

        outcome.Expect(0).Answers("PachUp.Plugins.Pachyderm18To19 0.1.0").Says("Broken.dll\" is not used.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Answers every request like a web server.</summary>
    private static async Task AnswerAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            }
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // The listener was stopped, or the client closed the connection.
        }
    }
}
