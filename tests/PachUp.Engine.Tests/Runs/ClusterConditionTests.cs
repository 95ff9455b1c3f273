using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Engine.State;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sandbox;
using PachUp.Testing;
using PachUp.Verification.Records;

namespace PachUp.Engine.Tests.Runs;

/// <summary>A run that took its source down has ended. Nothing that is broken afterwards may hide how it ended, or the state of a cluster that answers.</summary>
public sealed class ClusterConditionTests : IAsyncLifetime, IDisposable
{
    private readonly RunBench _bench = new()
    {
        Text = """
            steps:
              - { id: one, uses: test/undoable }
              - { id: two, uses: test/removing }
            """,
    };

    private readonly FaultyProxy _source = FaultyProxy.Start(serverPort: 0);
    private SandboxPair _target = null!;

    public async Task InitializeAsync()
    {
        _source.Refuse();
        _target = await SandboxPair.StartOneAsync(new SandboxOptions { Release = new Release(1, 9, 0) });
        await Sdk.Testing.Cluster.Empty.WithRepo("images").WithPipeline("edges", "images").MakeAsync(_target.Target.Cluster);
        var result = await _bench.ApplyAsync();
        Assert.Equal(RunOutcome.Done, result.Outcome);
    }

    public async Task DisposeAsync()
    {
        await _target.DisposeAsync();
        await _source.DisposeAsync();
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_source_that_the_run_took_down_is_not_a_failure()
    {
        var (source, target) = await AskAsync(_source.Address);

        Assert.True(source.IsTakenDown);
        AssertAnswers(target);
    }

    [Fact]
    public async Task A_damaged_journal_hides_only_what_the_run_did()
    {
        await File.WriteAllTextAsync(_bench.Run.File(RunFiles.Journal), "not a record\n");

        var (source, target) = await AskAsync(_source.Address);

        Assert.False(source.IsTakenDown);
        Assert.Contains("no server listens at this address", source.Problem, StringComparison.Ordinal);
        AssertAnswers(target);
    }

    [Fact]
    public async Task A_damaged_list_of_paused_pipelines_hides_only_which_are_kept_back()
    {
        await File.WriteAllTextAsync(_bench.Run.File(RecordFiles.PausedPipelines), "[\"edges\"");

        var (_, target) = await AskAsync(_source.Address);

        Assert.Empty(target.KeptBack);
        AssertAnswers(target);
    }

    [Fact]
    public async Task A_run_directory_that_is_gone_hides_only_what_the_run_did()
    {
        var run = _bench.Run;
        Directory.Delete(run.Path, recursive: true);

        var (source, target) = await AskAsync(_source.Address, run);

        Assert.False(source.IsTakenDown);
        AssertAnswers(target);
    }

    [Fact]
    public async Task A_port_forward_that_cannot_be_made_is_named_and_the_other_cluster_is_still_asked()
    {
        // As a port forward does without a pod: it listens, and closes each connection at once.
        await using var forward = FaultyProxy.Start(serverPort: 0);

        var (source, target) = await AskAsync(forward.Address with
        {
            Label = "namespace old of kubernetes.example:6443",
            LastTrouble = () => new ConnectionTrouble("the port forward to pod \"pachd-0\" is forbidden", "Ask for the permission."),
        });

        Assert.Contains("the port forward to pod \"pachd-0\" is forbidden. Ask for the permission.", source.Problem, StringComparison.Ordinal);
        AssertAnswers(target);
    }

    [Fact]
    public async Task An_address_that_cannot_be_used_any_more_is_named_and_the_other_cluster_is_still_asked()
    {
        var (source, target) = await AskAsync(_source.Address with
        {
            Tls = true,
            TrustedCertificatesPem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        });

        Assert.Contains("are not in PEM format", source.Problem, StringComparison.Ordinal);
        AssertAnswers(target);
    }

    private static void AssertAnswers(ClusterCondition target) => Assert.Equal(
        (new Release(1, 9, 0), 1, 1, null), (target.Release, target.Pipelines, target.Running, target.Problem));

    private async Task<(ClusterCondition Source, ClusterCondition Target)> AskAsync(ClusterAddress source, RunDirectory? run = null)
    {
        var sample = _bench.Plan;
        var clusters = new ClusterPair(
            new PlannedCluster("source", source, new StandInPlatform()), new PlannedCluster("target", _target.Target.Address, new StandInPlatform()));
        await using var plan = new PlannedMigration(sample.Document, sample.Preview, sample.Scope, clusters, sample.Context);
        var conditions = await ClusterCondition.AskAsync(plan, run ?? _bench.Run, CancellationToken.None);
        Assert.Equal(["source", "target"], conditions.Select(condition => condition.Name));
        return (conditions[0], conditions[1]);
    }
}
