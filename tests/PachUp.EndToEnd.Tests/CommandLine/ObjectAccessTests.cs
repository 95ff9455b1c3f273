using System.Text.Json;
using PachUp.Pachyderm.Connections;
using PachUp.Sandbox;
using PachUp.Sdk.Testing;
using PachUp.Testing;
using Wire = PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>The commands if the public port does not serve the object API, as in production.</summary>
public sealed class ObjectAccessTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData(ObjectAccessKind.Open)]
    [InlineData(ObjectAccessKind.Peer)]
    [InlineData(ObjectAccessKind.None)]
    public async Task A_cluster_is_inspected_extracted_restored_verified_and_rehearsed(ObjectAccessKind access)
    {
        await using var clusters = await ClusterPair.StartAsync(shareBucket: false, exposesObjects: access == ObjectAccessKind.Open);
        string[] source = ["--source", clusters.Source.Address.ToString(), .. access == ObjectAccessKind.Peer ? clusters.Peers[..2] : []];
        string[] target = ["--target", clusters.Target.Address.ToString(), .. access == ObjectAccessKind.Peer ? clusters.Peers[2..] : []];

        (await _tool.RunAsync(["status", .. source, .. target])).Expect(0).Answers(access switch
        {
            ObjectAccessKind.Open => "Objects open",
            ObjectAccessKind.Peer => $"Objects closed on the public port, reached through the peer port {clusters.Source.PeerAddress}",
            _ => "Objects closed (no peer port given)",
        });
        (await _tool.RunAsync(["extract", .. source, "--archive", "backup.pachx"])).Expect(0);
        Assert.Equal(access != ObjectAccessKind.None, File.Exists(Path.Combine(_tool.WorkingDirectory, "backup.pachx.objects")));
        (await _tool.RunAsync(["restore", "backup.pachx", .. target, "--yes"])).Expect(0);
        var verified = (await _tool.RunAsync(["verify", .. source, .. target])).Expect(0).Answers("Nothing is lost.");
        Assert.Equal(access == ObjectAccessKind.None, verified.Answer.Contains("Objects and tags of the source: closed", StringComparison.Ordinal));
        Assert.Equal(access == ObjectAccessKind.None, verified.Answer.Contains("read on each side.", StringComparison.Ordinal));
        (await _tool.RunAsync(["rehearse", Tool.Plan, .. source, "--set", "objects=true"])).Expect(0);
        (await _tool.RunAsync(
            "archive", "convert", "backup.pachx", "--to", "1.9.0", "--inventory", "backup.pachx.inventory.json", "--out", "converted.pachx")).Expect(0);
    }

    [Fact]
    public async Task A_plan_lists_what_cannot_be_checked_and_how_to_check_it()
    {
        await using var clusters = await ClusterPair.StartAsync();

        var plan = await _tool.RunAsync(["plan", Tool.Plan, .. clusters.Options]);
        var json = await _tool.RunAsync(["plan", Tool.Plan, .. clusters.Options, clusters.Peers[0], clusters.Peers[1], "--output", "json"]);

        plan.Expect(0)
            .Answers("objects: closed (no peer port given)")
            .Answers("objects and tags of the source and the target cannot be listed; PachUp reads files from beginning to end instead")
            .Answers("with --source-peer HOST:PORT and --target-peer HOST:PORT")
            .Answers("reads those of the branch heads from beginning to end (equal content once), up to 10.0 GB (readBytes)");
        var source = JsonDocument.Parse(json.Expect(0).Answer).RootElement.GetProperty("plan").GetProperty("source").GetProperty("objects");
        Assert.Equal("peer", source.GetProperty("kind").GetString());
        Assert.Equal($"the peer port {clusters.Source.PeerAddress}", source.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("status")]
    [InlineData("plan", Tool.Plan)]
    [InlineData("check", Tool.Plan)]
    public async Task A_given_peer_port_that_does_not_answer_is_named(params string[] command)
    {
        await using var clusters = await ClusterPair.StartAsync();

        var outcome = await _tool.RunAsync([.. command, .. clusters.Options, "--target-peer", "127.0.0.1:1"]);

        outcome.Expect(1);
        Assert.Contains("The peer port 127.0.0.1:1 (from --target-peer) cannot be used", string.Join(' ', (outcome.Answer + outcome.Talk).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_port_of_another_cluster_is_refused()
    {
        await using var clusters = await ClusterPair.StartAsync();

        (await _tool.RunAsync(["plan", Tool.Plan, .. clusters.Options, "--source-peer", clusters.Target.PeerAddress.ToString()]))
            .Expect(1)
            .Says("belongs to cluster");
    }

    [Theory]
    [InlineData("it has no port", "plan", Tool.Plan, "--source", "127.0.0.1:1", "--source-peer", "localhost")]
    [InlineData("--source-peer cannot be used, because --source is a file", "verify", "--source", "{archive}", "--target", "127.0.0.1:1", "--source-peer", "127.0.0.1:2")]
    [InlineData("the plan has no target, only one cluster", "plan", "pachyderm-backup", "--target-peer", "127.0.0.1:2")]
    [InlineData("--sandbox starts its own clusters", "plan", Tool.Plan, "--sandbox", "--source-peer", "127.0.0.1:2")]
    [InlineData("--archive cannot be used together", "rehearse", Tool.Plan, "--archive", "{archive}", "--source-peer", "127.0.0.1:2")]
    [InlineData("--read-bytes cannot be", "verify", "--source", "a:1", "--target", "b:1", "--read-bytes", "much")]
    public async Task An_invalid_peer_port_is_reported(string message, params string[] command)
    {
        var typed = command.Select(word => word.Replace("{archive}", Recordings.Archive("1.8.7-world-full"), StringComparison.Ordinal));

        var outcome = await _tool.RunAsync([.. typed]);

        Assert.InRange(outcome.ExitCode, 1, 2);
        outcome.Says(message);
    }

    [Fact]
    public async Task A_target_without_the_objects_is_detected_at_the_first_commit()
    {
        await using var clusters = await ClusterPair.StartAsync(shareBucket: false, target: "1.9.12");

        var outcome = await _tool.RunAsync(["apply", Tool.Plan, "--to", "1.9.12", .. clusters.Options, "--yes"]);

        outcome.Expect(3).Says("but the target cannot list its files: it does not find the objects");
    }

    [Fact]
    public async Task Content_that_the_target_lists_but_cannot_read_is_a_loss()
    {
        await using var clusters = await ClusterPair.StartAsync();
        using var builder = new ClusterBuilder(clusters.Source.Address);
        await builder.CreateRepoAsync("lost");
        await builder.CommitFileAsync("lost", "master", "/large.txt", "content that nothing else has");
        await builder.CommitFileAsync("lost", "master", "/a.txt", "x");
        (await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes"])).Expect(0);
        await LoseAsync(clusters.Target, "content that nothing else has");
        File.Move(OnlyFile("source.inventory.json"), Path.Combine(_tool.WorkingDirectory, "before.json"));

        var found = await _tool.RunAsync("verify", "--source", "before.json", "--target", clusters.Target.Address.ToString());
        var unread = await _tool.RunAsync("verify", "--source", "before.json", "--target", clusters.Target.Address.ToString(), "--read-bytes", "5");

        found.Expect(4).Answers(":/large.txt: the target lists it but cannot send it").Answers("read on the target.");
        unread.Expect(0).Answers("listed, but not read, because the limit is 5 B");
    }

    [Theory]
    [InlineData(false, true, "Objects and tags: they could not be listed on the source during the extract")]
    [InlineData(true, false, "Objects and tags of the target: closed (no peer port given)")]
    public async Task A_run_resumed_with_other_object_access_reports_what_was_not_compared(bool atFirst, bool later, string sentence)
    {
        await using var clusters = await ClusterPair.StartAsync();
        string[] first = atFirst ? clusters.Peers[..2] : [];
        string[] then = later ? clusters.Peers : [];

        (await _tool.InterruptAtAsync("[6/11] undeploy:", ["apply", Tool.Plan, .. clusters.Options, .. first, "--yes"])).Expect(130);
        (await _tool.RunAsync(["apply", "--resume", .. then, "--yes"])).Expect(0);

        Assert.Contains(sentence, await File.ReadAllTextAsync(OnlyFile("verification.json")), StringComparison.Ordinal);
    }

    private string OnlyFile(string name) => Directory.EnumerateFiles(_tool.WorkingDirectory, name, SearchOption.AllDirectories).Single();

    /// <summary>Removes the object with some content from the bucket, to simulate an incomplete copy.</summary>
    private static async Task LoseAsync(SandboxCluster cluster, string content)
    {
        using var channel = SandboxChannel.Open(cluster.PeerAddress);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA512.HashData(System.Text.Encoding.UTF8.GetBytes(content)));
        await new Wire.ObjectAPI.ObjectAPIClient(channel).DeleteObjectsAsync(new Wire.DeleteObjectsRequest { Objects = { new Wire.Object { Hash = hash } } });
    }
}
