using System.Text.Json;
using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.Sdk.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>The second part of verification: the output of pipelines, after the workers of the target have run.</summary>
public sealed class AfterWorkTests : IAsyncDisposable
{
    private readonly Tool _tool = new();
    private readonly List<SandboxCluster> _clusters = [];

    public async ValueTask DisposeAsync()
    {
        _tool.Dispose();
        foreach (var cluster in _clusters)
        {
            await cluster.DisposeAsync();
        }
    }

    [Fact]
    public async Task Output_that_workers_compute_again_is_verified_after_work()
    {
        var bucket = new SandboxObjectStore();
        var (source, target) = (await StartAsync("1.8.7", bucket, works: true), await StartAsync("1.9.0", bucket, works: true));
        using var builder = new ClusterBuilder(source.Address);
        await builder.CreateRepoAsync("images");
        await builder.CreatePipelineAsync("edges", "images", more: spec => spec.EnableStats = true);
        await builder.CreatePipelineAsync("montage", "edges");
        await builder.CommitFileAsync("images", "master", "/1.png", "one");
        await builder.CommitFileAsync("images", "master", "/2.png", "two");
        await WorkedAsync(builder, "montage");

        var applied = await ApplyAsync(source, target);

        applied.Expect(0).Answers("Records the output of 2 pipelines (3 branch heads)").Answers("Output not yet proved: run \"pachup verify 2");
        Assert.DoesNotContain("Nothing is lost", applied.Answer, StringComparison.Ordinal);
        (await _tool.RunAsync("runs", "show")).Expect(0).Answers("Output not yet proved");
        (await _tool.RunAsync("runs", "report")).Expect(0).Answers("output not yet proved");

        var offered = applied.Answer.Split('\n').Single(line => line.Contains("pachup verify", StringComparison.Ordinal) && line.EndsWith("--after-work", StringComparison.Ordinal));
        var verified = await _tool.RunAsync([.. offered.Trim().Split(' ').Skip(1)]);

        verified.Expect(0).Answers("Output is proved: 10 of 10 files equal in 3 output heads").Answers("edges@master").Answers("montage@master").Answers("Jobs and datums of the target:");
        (await _tool.RunAsync("runs", "show")).Expect(0).Answers("Output is proved");
        (await _tool.RunAsync("runs", "report")).Expect(0).Answers("## Output after the workers ran");
        (await _tool.RunAsync("verify", "--after-work")).Expect(2).Says("no finished run");
    }

    [Fact]
    public async Task Unfinished_output_is_not_proved_and_output_without_files_is_lost()
    {
        var bucket = new SandboxObjectStore();
        var (source, target) = (await StartAsync("1.8.7", bucket, works: true), await StartAsync("1.9.0", bucket, works: false));
        using var builder = new ClusterBuilder(source.Address);
        await builder.CreateRepoAsync("images");
        await builder.CreatePipelineAsync("edges", "images");
        await builder.CommitFileAsync("images", "master", "/1.png", "one");
        await WorkedAsync(builder, "edges");
        (await ApplyAsync(source, target)).Expect(0);

        var early = await _tool.RunAsync("verify", "--after-work", "--wait-for", "0s");
        using var worker = new ClusterBuilder(target.Address);
        await worker.FinishCommitAsync("edges", "master");
        var late = await _tool.RunAsync("verify", "--after-work");

        early.Expect(1).Answers("Output not yet proved").Answers("its workers have not finished it");
        late.Expect(4).Answers("file edges@master:/1.png: not on the target");
        (await _tool.RunAsync("runs", "list")).Expect(0).Answers("output lost or different");
    }

    [Theory]
    [InlineData("1.8.7", true, 0, "Output is proved: 10 of 10 files equal in 3 output heads")]
    [InlineData("1.9.12", true, 0, "Output is proved: 10 of 10 files equal in 3 output heads")]
    [InlineData("1.8.7", false, 1, "its workers have not finished it")]
    public async Task The_output_of_a_restored_backup_is_compared_with_what_the_backup_recorded(string release, bool works, int exitCode, string answer)
    {
        var source = await StartAsync(release, new SandboxObjectStore(), works: true);
        var target = await StartAsync(release, new SandboxObjectStore(), works);
        using var builder = new ClusterBuilder(source.Address);
        await builder.CreateRepoAsync("images");
        await builder.CreatePipelineAsync("edges", "images", more: spec => spec.EnableStats = true);
        await builder.CreatePipelineAsync("montage", "edges");
        await builder.CommitFileAsync("images", "master", "/1.png", "one");
        await builder.CommitFileAsync("images", "master", "/2.png", "two");
        await WorkedAsync(builder, "montage");
        var backup = await _tool.RunAsync("apply", "pachyderm-backup", "--source", source.Address.ToString(), "--set", "archive=backup.pachx", "--yes");
        backup.Expect(0).Answers("Records the output of 2 pipelines (3 branch heads)").Answers("backup.pachx.outputs.zip");
        await source.DisposeAsync();

        var restored = await _tool.RunAsync(
            "apply", "pachyderm-restore-backup", "--target", target.Address.ToString(), "--set", "backup=backup.pachx", "--yes");
        var verified = await _tool.RunAsync("verify", "--after-work", "--wait-for", works ? "1m" : "0s");

        restored.Expect(0).Answers("Output not yet proved: run \"pachup verify 2");
        verified.Expect(exitCode).Answers(answer);
    }

    [Theory]
    [InlineData("one", 0, "Output is proved: 1 of 1 file equal in 1 output head.")]
    [InlineData("ONE", 4, "file edges@master:/1.png: SHA-256 of its bytes")]
    public async Task Different_content_is_a_loss_unless_it_is_accepted(string before, int exitCode, string answer)
    {
        var (source, target) = (await StartAsync("1.7.14", new SandboxObjectStore(), works: false), await StartAsync("1.8.8", new SandboxObjectStore(), works: true));
        using var builder = new ClusterBuilder(source.Address);
        await builder.CreateRepoAsync("images");
        await builder.CreatePipelineAsync("edges", "images");
        await builder.CommitFileAsync("images", "master", "/1.png", "one");
        await builder.PutFileAsync("edges", "master", "/1.png", before);
        await builder.FinishCommitAsync("edges", "master");
        (await ApplyAsync(source, target, "pachyderm-1.7.14-to-1.8.0")).Expect(0);

        (await _tool.RunAsync("verify", "--after-work")).Expect(exitCode).Answers(answer);

        var run = Directory.EnumerateDirectories(Path.Combine(_tool.WorkingDirectory, ".pachup", "runs")).Select(Path.GetFileName).Single()!;
        var accepted = await _tool.RunAsync("verify", run, "--after-work", "--accept", "edges", "--output", "json");
        var output = JsonDocument.Parse(accepted.Expect(0).Answer).RootElement.GetProperty("afterWork").GetProperty("outputs")[0];
        Assert.Equal(exitCode == 0 ? "equal" : "explained", output.GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData("--source cannot be used with --after-work", "verify", "--after-work", "--source", "a:1")]
    [InlineData("there is no run", "verify", "20250301-101500-3f9a")]
    [InlineData("--wait-for needs --after-work", "verify", "--wait-for", "1h", "--source", "a:1", "--target", "b:1")]
    [InlineData("--wait-for is \"long\"", "verify", "--after-work", "--wait-for", "long")]
    [InlineData("no finished run", "verify", "--after-work")]
    [InlineData("there is no run \"20250301\"", "verify", "20250301", "--after-work")]
    public async Task Invalid_options_are_reported(string message, params string[] command) => (await _tool.RunAsync(command)).Expect(2).Says(message);

    private async Task<SandboxCluster> StartAsync(string release, SandboxObjectStore bucket, bool works)
    {
        var cluster = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = Release.Parse(release), ObjectStore = bucket, RunPipelines = works });
        _clusters.Add(cluster);
        return cluster;
    }

    private Task<Outcome> ApplyAsync(SandboxCluster source, SandboxCluster target, string plan = Tool.Plan) => _tool.RunAsync(
        "apply", plan, "--to", target.Release.ToString(), "--source", source.Address.ToString(), "--target", target.Address.ToString(), "--yes");

    /// <summary>Waits until the head of an output branch is finished.</summary>
    private static async Task WorkedAsync(ClusterBuilder builder, string pipeline) => await builder.Pfs.InspectCommitAsync(new Pachyderm.Wire.Pfs.InspectCommitRequest
    {
        Commit = new Pachyderm.Wire.Pfs.Commit { Repo = new Pachyderm.Wire.Pfs.Repo { Name = pipeline }, Id = "master" },
        BlockState = Pachyderm.Wire.Pfs.CommitState.Finished,
    });
}
