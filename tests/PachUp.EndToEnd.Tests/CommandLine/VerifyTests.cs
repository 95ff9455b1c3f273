using System.Text.Json;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sandbox;
using PachUp.Sdk.Testing;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

public sealed class VerifyTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task All_files_or_a_random_sample_are_compared()
    {
        await using var cluster = await FilledAsync("1.8.7-world-full");
        var address = cluster.Address.ToString();

        (await VerifyAsync(address, address, "--deep=all"))
            .Expect(0)
            .Answers("Kind Kept As announced Lost Different Added")
            .Answers("files of 6 commits compared;");
        (await VerifyAsync(address, address, "--sample", "2", "--seed", "3")).Expect(0).Answers("chosen at random (--seed 3 chooses them again)");
    }

    [Fact]
    public async Task A_run_compares_every_file_with_the_recorded_source()
    {
        var shipped = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "migration-plans", "1.8.7-to-1.9.0.yaml"));
        var mine = shipped
            .Replace("attempts: 3 }", "attempts: 3, fingerprints: all }", StringComparison.Ordinal)
            .Replace("with: { readBytes:", "with: { deep: all, sample: 2, readBytes:", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "mine.yaml"), mine);

        var applied = await _tool.RunAsync("apply", "mine.yaml", "--sandbox", "--yes");

        applied.Expect(0).Answers("Compares every file of 6 commits").Answers("Reads 2 files of the branch heads, chosen at random");
        Assert.Equal(6, Directory.EnumerateFiles(_tool.WorkingDirectory, "*.jsonl", SearchOption.AllDirectories).Count(path => path.Contains("source-files", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_archive_shows_its_content_and_what_it_lacks()
    {
        await using var source = await FilledAsync("1.8.7-world-full");

        var verified = await VerifyAsync(Recordings.Archive("1.8.7-world-full"), source.Address.ToString());

        verified.Expect(0)
            .Answers("Nothing is lost.")
            .Answers("Whether pipelines are stopped: an archive does not tell this.")
            .Answers("Fields of pipelines that the archive does not contain");
    }

    [Fact]
    public async Task A_saved_inventory_is_compared_with_a_cluster_later()
    {
        await using var source = await FilledAsync("1.8.7-world-full");
        var saved = Path.Combine(_tool.WorkingDirectory, "before.json");
        await using (var client = PachdClient.Create(source.Address))
        {
            await InventoryFile.WriteAsync(saved, await InventoryReader.ReadAsync(client, new InventoryOptions { CountObjects = true, ProbeFiles = true }));
        }

        (await VerifyAsync("before.json", source.Address.ToString())).Expect(0).Answers("Nothing is lost.");
        using var edit = new ClusterBuilder(source.Address);
        await edit.StopPipelineAsync("both");
        (await VerifyAsync("before.json", source.Address.ToString())).Expect(4).Answers("pipeline both: state: running -> stopped");
    }

    [Fact]
    public async Task Changes_announced_by_the_route_are_not_a_loss()
    {
        var answer = await _tool.RunAsync("archive", "diff", Recordings.Archive("1.8.7-world-full"), Recordings.Archive("1.9.0-world-full"), "--output", "json");

        var table = JsonDocument.Parse(answer.Answer).RootElement.GetProperty("table").EnumerateArray().ToList();
        Assert.Contains(table, row => row.GetProperty("kind").GetString() == "pipeline" && row.GetProperty("announced").GetInt64() > 0);
    }

    [Fact]
    public async Task Missing_kept_output_is_a_loss_and_output_computed_again_is_not()
    {
        await using var source = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 8, 8) });
        await using var target = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 9, 12) });
        using var builder = new ClusterBuilder(source.Address);
        await builder.CreateRepoAsync("images");
        await builder.CreatePipelineAsync("edges", "images");
        await builder.CommitFileAsync("images", "master", "/1.png", "one");
        await builder.FinishCommitAsync("edges", "master");
        var (from, to) = (source.Address.ToString(), target.Address.ToString());
        (await _tool.RunAsync("apply", "pachyderm-1.8.7-to-1.9.0", "--to", "1.9.12", "--set", "objects=true", "--source", from, "--target", to, "--yes")).Expect(0);

        (await VerifyAsync(from, to)).Expect(0);
        (await VerifyAsync(from, to, "--outputs", "keep")).Expect(4).Answers("commit edges@");
    }

    [Fact]
    public async Task An_archive_is_equal_to_itself_and_differs_from_another()
    {
        var world = Recordings.Archive("1.8.7-world-full");

        (await _tool.RunAsync("archive", "diff", world, world)).Expect(0).Answers("Nothing is lost.");
        (await _tool.RunAsync("archive", "diff", world, Recordings.Archive("1.8.7-open-full"))).Expect(4).Answers("Missing:").Answers("- repo atomold");
    }

    [Theory]
    [InlineData("the file \"before.json\" (from --source) does not exist", "verify", "--source", "before.json", "--target", "a:1")]
    [InlineData("--deep cannot be \"everything\"", "verify", "--source", "a:1", "--target", "b:1", "--deep=everything")]
    [InlineData("--sample cannot be \"some\"", "verify", "--source", "a:1", "--target", "b:1", "--sample", "some")]
    [InlineData("--sample cannot be \"0\"", "verify", "--source", "a:1", "--target", "b:1", "--sample", "0")]
    [InlineData("--outputs cannot be \"some\"", "verify", "--source", "a:1", "--target", "b:1", "--outputs", "some")]
    [InlineData("--seed needs --sample", "verify", "--source", "a:1", "--target", "b:1", "--seed", "4")]
    [InlineData("B is missing", "archive", "diff", "a")]
    [InlineData("the file \"a.pachx\" (from A) does not exist", "archive", "diff", "a.pachx", "b.pachx")]
    public async Task Invalid_options_are_reported(string message, params string[] command) => (await _tool.RunAsync(command)).Expect(2).Says(message);

    [Fact]
    public async Task A_comparison_of_the_files_of_an_archive_is_refused_with_a_remedy()
    {
        var archive = Recordings.Archive("1.8.7-world-full");

        (await VerifyAsync(archive, "127.0.0.1:1", "--deep")).Expect(2).Says("one of these is a file").Says("pachup sandbox --archive FILE");
    }

    private Task<Outcome> VerifyAsync(string source, string target, params string[] options) =>
        _tool.RunAsync(["verify", "--source", source, "--target", target, .. options]);

    private static async Task<SandboxCluster> FilledAsync(string archive)
    {
        var cluster = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = Release.Parse(archive[..5]) });
        await cluster.FillAsync(Recordings.Archive(archive));
        return cluster;
    }
}
