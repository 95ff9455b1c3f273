using System.Collections.Immutable;
using System.Globalization;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox;
using PachUp.Sdk;
using PachUp.Sdk.Testing;
using PachUp.Steps.Restoring;
using PachUp.Testing;
using PachUp.Verification;
using PachUp.Verification.Files;

namespace PachUp.Steps.Tests.Restoring;

/// <summary>Restores into a sandbox, dies in all ways at all places, and goes on.</summary>
public sealed class RestoreSenderTests : IAsyncLifetime
{
    private static readonly RestoreLimits SmallCalls = new(Operations: 3, Bytes: long.MaxValue);

    private ImmutableArray<Operation> Stream { get; set; }

    /// <summary>The operations of the call that arrives late: all objects, and some of what follows them.</summary>
    private int LateOperations => Stream.Count(operation => operation.Kind == OperationKind.Object) + 3;

    /// <summary>The state of a small cluster, with objects, a tag, and a branch that is pointed at two commits in turn.</summary>
    public async Task InitializeAsync()
    {
        await using var source = await StartAsync("1.9.0");
        using var builder = new ClusterBuilder(source.Address);
        await builder.CreateRepoAsync("images");
        await builder.CreateRepoAsync("edges");
        var first = await builder.CommitFileAsync("images", "master", "/a", "one");
        var second = await builder.CommitFileAsync("images", "master", "/b", "two");
        await builder.CommitFileAsync("edges", "master", "/c", "three");
        await using var client = PachdClient.Create(source.Address);
        var extracted = await client.ExtractAsync(includeObjects: true).ToListAsync();
        var afterObjects = extracted.FindIndex(operation => operation.Kind != OperationKind.Object);
        Stream =
        [
            .. extracted[..afterObjects],
            Operations.Tag("tag", await client.ListObjectsAsync().FirstAsync()),
            .. extracted[afterObjects..],
            Operations.Branch("images", "dev", first),
            Operations.Branch("images", "dev", second),
        ];
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public static TheoryData<string> Releases => [.. SandboxReleases.All.Where(release => release.Line >= new ReleaseLine(1, 9)).Select(release => release.ToString())];

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task A_stream_is_sent_in_bounded_calls_that_are_each_acknowledged(string release)
    {
        await using var target = await StartAsync(release);
        var execution = StandInExecution.Of(Clusters.Of());

        var sent = await SendAsync(target, execution);

        Assert.Equal(Stream.Length, sent);
        Assert.Equal(Stream.Length, execution.Sent);
        Assert.Equal(execution.Checkpoints.Count(entry => entry.Kind == "batch-begun"), execution.Checkpoints.Count(entry => entry.Kind == "batch-arrived"));
        Assert.Equal(target.WriteCalls, execution.Checkpoints.Count(entry => entry.Kind == "batch-begun"));
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Whatever_record_is_the_last_the_rest_and_nothing_else_is_sent(string release)
    {
        await using var undisturbed = await StartAsync(release);
        var all = StandInExecution.Of(Clusters.Of());
        await SendAsync(undisturbed, all);
        var expected = await DescribeAsync(undisturbed);

        for (var last = 0; last < all.Checkpoints.Count; last++)
        {
            await using var target = await StartAsync(release);
            var execution = StandInExecution.Of(Clusters.Of());
            execution.OnRecord = _ => ThrowIf(execution.Checkpoints.Count == last);
            await Assert.ThrowsAsync<IOException>(() => SendAsync(target, execution));
            execution.OnRecord = _ => { };

            Assert.Equal(Stream.Length, await SendAsync(target, execution));
            Assert.Equal(Stream.Length, execution.Sent);
            Assert.Equal(expected, await DescribeAsync(target));
        }
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Wherever_the_server_stopped_within_a_call_the_rest_and_nothing_else_is_sent(string release)
    {
        await using var undisturbed = await StartAsync(release);
        await SendAsync(undisturbed, StandInExecution.Of(Clusters.Of()), RestoreLimits.Default);
        var expected = await DescribeAsync(undisturbed);

        foreach (var arrived in PlacesToCut())
        {
            await using var target = await StartAsync(release);
            var execution = StandInExecution.Of(Clusters.Of());
            await using var client = PachdClient.Create(target.Address);
            var ledger = new BatchLedger(execution, await client.GetClusterIdAsync());
            ledger.Begin(RestoreLimits.Default);
            await client.RestoreAsync(Stream.Take(arrived).ToAsyncEnumerable());

            await SendAsync(target, execution, RestoreLimits.Default);

            // A branch that its commit has put where it belongs need not be sent.
            Assert.InRange(execution.Sent, Stream.Length - arrived - 1, Stream.Length - arrived);
            Assert.Equal(expected, await DescribeAsync(target));
        }
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task A_target_whose_objects_cannot_be_asked_for_gets_those_in_doubt_again_and_ends_the_same(string release)
    {
        await using var undisturbed = await StartAsync(release);
        await SendAsync(undisturbed, StandInExecution.Of(Clusters.Of()), RestoreLimits.Default);
        var expected = await DescribeAsync(undisturbed);
        var objects = Stream.TakeWhile(operation => operation.Kind is OperationKind.Object or OperationKind.Block or OperationKind.CreateObject or OperationKind.Tag).Count();

        foreach (var arrived in PlacesToCut())
        {
            await using var target = await SandboxCluster.StartAsync(new SandboxOptions { Release = Release.Parse(release) });
            var execution = StandInExecution.Of(Clusters.Of());
            await using var client = PachdClient.Create(target.Address);
            var ledger = new BatchLedger(execution, await client.GetClusterIdAsync());
            ledger.Begin(RestoreLimits.Default);
            await client.RestoreAsync(Stream.Take(arrived).ToAsyncEnumerable());

            await SendAsync(target, execution, RestoreLimits.Default);

            // Objects and tags behind which nothing else has arrived are all sent again, as nothing shows that they are there.
            var known = arrived > objects ? arrived : 0;
            Assert.InRange(execution.Sent, Stream.Length - known - 1, Stream.Length - known);
            Assert.Equal(expected, await DescribeAsync(target));
        }
    }

    [Fact]
    public async Task The_first_commit_that_arrives_is_looked_at_once_before_more_is_sent()
    {
        await using var target = await StartAsync("1.9.0");
        var seen = new List<(string Commit, long Sent)>();
        var execution = StandInExecution.Of(Clusters.Of());

        await SendAsync(target, execution, afterFirstCommit: commit => seen.Add((commit.ToString(), execution.Sent)));

        var first = Assert.Single(seen);
        Assert.Matches("^(edges|images)@[0-9a-f]{32}$", first.Commit);
        Assert.True(first.Sent < Stream.Length);
    }

    [Fact]
    public async Task Another_stream_than_the_one_begun_with_is_refused_before_anything_is_sent()
    {
        await using var target = await StartAsync("1.9.0");
        var execution = StandInExecution.Of(Clusters.Of());
        execution.OnRecord = _ => ThrowIf(execution.Checkpoints.Count == 2);
        await Assert.ThrowsAsync<IOException>(() => SendAsync(target, execution));
        execution.OnRecord = _ => { };
        var before = execution.Sent;

        var refusal = await Assert.ThrowsAsync<StepFailedException>(
            () => SendAsync(target, execution, stream: [Operations.Chunk("other"), Operations.Chunk(), .. Stream[2..]]));

        Assert.Equal(FailureKind.Refused, refusal.Kind);
        Assert.Contains("the SHA-256 of the first 4 operations was", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, execution.Sent);
    }

    [Fact]
    public async Task A_target_that_was_deployed_anew_gets_everything_again()
    {
        var execution = StandInExecution.Of(Clusters.Of());
        await using (var lost = await StartAsync("1.9.0"))
        {
            await SendAsync(lost, execution);
        }

        await using var fresh = await StartAsync("1.9.0");
        await SendAsync(fresh, execution);

        Assert.Equal(2 * Stream.Length, execution.Sent);
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task A_repo_of_somebody_else_stops_the_restore_before_the_next_call_and_its_removal_lets_it_go_on(string release)
    {
        await using var target = await StartAsync(release);
        using var stranger = new ClusterBuilder(target.Address);
        var execution = StandInExecution.Of(Clusters.Of());
        execution.OnRecord = entry => CreateRepoIf(entry.Kind == "batch-arrived" && execution.Checkpoints.Count == 3, stranger);

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => SendAsync(target, execution));
        var sentBefore = execution.Sent;
        var again = await Assert.ThrowsAsync<StepFailedException>(() => SendAsync(target, execution));
        Assert.Equal(sentBefore, execution.Sent);
        await stranger.Pfs.DeleteRepoAsync(new DeleteRepoRequest { Repo = new Repo { Name = "strangers" } });
        var sent = await SendAsync(target, execution);

        Assert.Equal(FailureKind.Refused, refusal.Kind);
        Assert.Contains("1 repo that this run did not create (strangers)", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(refusal.Message, again.Message);
        Assert.Equal(Stream.Length, sent);
        Assert.Equal(0, target.RepeatedOperations);
    }

    /// <summary>The network keeps the call of a process that died, and delivers it while another process goes on with the restore.</summary>
    [Theory]
    [MemberData(nameof(Releases))]
    public async Task A_call_that_is_delivered_late_is_never_taken_for_something_else(string release)
    {
        await using var undisturbed = await StartAsync(release);
        var all = StandInExecution.Of(Clusters.Of());
        var limits = new RestoreLimits(LateOperations, Bytes: long.MaxValue);
        await SendAsync(undisturbed, all, limits);
        var expected = await DescribeAsync(undisturbed);

        for (var delivery = 1; delivery <= all.Checkpoints.Count; delivery++)
        {
            await using var target = await StartAsync(release);
            await using var network = PachdClient.Create(target.Address);
            var execution = StandInExecution.Of(Clusters.Of());
            new BatchLedger(execution, await network.GetClusterIdAsync()).Begin(limits);
            execution.OnRecord = _ => DeliverIf(execution.Checkpoints.Count == delivery, network);

            await TrySendAsync(target, execution, limits);

            Assert.Equal(Stream.Length, await SendAsync(target, execution, limits));
            Assert.Equal(expected, await DescribeAsync(target));
        }
    }

    [Fact]
    public async Task Asked_to_stop_it_ends_the_call_where_it_may_and_nothing_is_in_doubt()
    {
        await using var target = await StartAsync("1.9.0");
        using var stop = new CancellationTokenSource();
        var execution = StandInExecution.Of(Clusters.Of()) with { OnRecord = _ => stop.Cancel() };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(target, execution, RestoreLimits.Default, cancellationToken: stop.Token));

        Assert.Equal(["batch-begun", "batch-arrived"], execution.Checkpoints.Select(entry => entry.Kind));
        Assert.NotEqual(Stream.Length.ToString(CultureInfo.InvariantCulture), execution.Checkpoints[^1].Facts["operations"]);
    }

    [Fact]
    public async Task Pipelines_are_held_back_before_anything_follows_them_and_again_where_that_is_not_known_to_have_been_done()
    {
        await using var target = await StartAsync("1.9.12");
        var execution = StandInExecution.Of(Clusters.Of());
        var sentBefore = new List<int>();
        ImmutableArray<Operation> stream =
            [Operations.Repo("a"), Operations.Pipeline("p", "a"), Operations.Pipeline("q", "a"), Operations.Repo("b"), Operations.Pipeline("r", "b")];

        await SendAsync(target, execution, RestoreLimits.Default, stream, () => sentBefore.Add(execution.Sent));
        await SendAsync(target, execution, RestoreLimits.Default, stream, () => sentBefore.Add(execution.Sent));

        Assert.Equal([3, 5, 5], sentBefore);
    }

    /// <summary>Servers take the same job twice, without a word.</summary>
    [Fact]
    public async Task A_job_that_arrived_is_not_made_again_wherever_the_server_stopped()
    {
        var stream = await ExtractFinishedJobsAsync();
        var pipelines = stream.IndexOf(stream.First(operation => operation.Kind == OperationKind.Pipeline));
        var expected = stream.Count(operation => operation.Kind == OperationKind.Job);

        for (var arrived = pipelines; arrived <= stream.Length; arrived++)
        {
            await using var target = await StartAsync("1.9.12");
            var execution = StandInExecution.Of(Clusters.Of());
            await using var client = PachdClient.Create(target.Address);
            var begun = stream[arrived - 1].Kind == OperationKind.Job ? pipelines + 1 : pipelines;
            await BeginAsync(client, execution, stream, arrived, begun);

            await SendAsync(target, execution, RestoreLimits.Default, stream);

            Assert.Equal(expected, await client.ListJobsAsync().CountAsync());
            Assert.Equal(0, target.RepeatedOperations);
        }
    }

    /// <summary>Everywhere but inside an object, which servers take whole or not at all.</summary>
    private IEnumerable<int> PlacesToCut() => Enumerable.Range(0, Stream.Length + 1)
        .Where(place => place == 0 || Stream[place - 1].Kind != OperationKind.Object || Stream[place - 1].ReadValue().IsEmpty);

    /// <summary>The state of a cluster in which a pipeline has made the output of two commits.</summary>
    private static async Task<ImmutableArray<Operation>> ExtractFinishedJobsAsync()
    {
        await using var source = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 9, 12), RunPipelines = true });
        using var builder = new ClusterBuilder(source.Address);
        await builder.CreateRepoAsync("images");
        await builder.CommitFileAsync("images", "master", "/a", "one");
        await builder.CreatePipelineAsync("edges", "images");
        await builder.CommitFileAsync("images", "master", "/b", "two");
        await using var client = PachdClient.Create(source.Address);
        while (await client.ListJobsAsync().CountAsync() < 2 || (await client.ListUnfinishedJobsAsync()).Count > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }

        return [.. await client.ExtractAsync(includeObjects: true).ToListAsync()];
    }

    /// <summary>Restores a beginning of a stream, the last call of it not acknowledged.</summary>
    /// <param name="client">The target.</param>
    /// <param name="execution">Where it is written down.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="arrived">How much of it arrives.</param>
    /// <param name="acknowledged">How much of that is acknowledged.</param>
    private static async Task BeginAsync(
        PachdClient client, StandInExecution execution, ImmutableArray<Operation> stream, int arrived, int acknowledged)
    {
        var ledger = new BatchLedger(execution, await client.GetClusterIdAsync());
        await using var sent = new OperationStream(stream.ToAsyncEnumerable());
        while (sent.Taken < acknowledged)
        {
            await sent.TakeAsync();
        }

        await client.RestoreAsync(stream.Take(arrived).ToAsyncEnumerable());
        ledger.Arrive(sent.Position);
        ledger.Begin(RestoreLimits.Default);
    }

    private static Task<SandboxCluster> StartAsync(string release) => SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = Release.Parse(release) });

    private async Task<long> SendAsync(
        SandboxCluster cluster,
        StandInExecution execution,
        RestoreLimits? limits = null,
        ImmutableArray<Operation>? stream = null,
        Action? afterPipelines = null,
        Action<ComparedCommit>? afterFirstCommit = null,
        CancellationToken cancellationToken = default)
    {
        await using var client = PachdClient.Create(cluster.Address);
        var job = new RestoreJob
        {
            Client = client,
            Target = await TargetStates.LookAsync(client, default),
            Open = _ => (stream ?? Stream).ToAsyncEnumerable(),
            Limits = limits ?? SmallCalls,
            AfterPipelines = _ =>
            {
                afterPipelines?.Invoke();
                return Task.CompletedTask;
            },
            AfterFirstCommit = (commit, _) =>
            {
                afterFirstCommit?.Invoke(commit);
                return Task.CompletedTask;
            },
        };
        return await new RestoreSender(job, execution).SendAsync(cancellationToken);
    }

    /// <summary>Delivers the first call. The server may refuse what it has already.</summary>
    private void DeliverIf(bool isTime, PachdClient network)
    {
        if (isTime)
        {
            try
            {
                network.RestoreAsync(Stream.Take(LateOperations).ToAsyncEnumerable()).GetAwaiter().GetResult();
            }
            catch (PachdException)
            {
                // Nobody waits for the answer any more.
            }
        }
    }

    /// <summary>Sends, and stops with a clear failure if the server refuses what has arrived by another way.</summary>
    private async Task TrySendAsync(SandboxCluster target, StandInExecution execution, RestoreLimits limits)
    {
        try
        {
            await SendAsync(target, execution, limits);
        }
        catch (Exception e) when (e is PachdException or StepFailedException)
        {
            execution.OnRecord = _ => { };
        }
    }

    private static void CreateRepoIf(bool isTime, ClusterBuilder stranger)
    {
        if (isTime)
        {
            stranger.CreateRepoAsync("strangers").GetAwaiter().GetResult();
        }
    }

    private static void ThrowIf(bool isTime)
    {
        if (isTime)
        {
            throw new IOException("the process died here");
        }
    }

    /// <summary>Everything that the stream makes, line by line.</summary>
    private static async Task<string> DescribeAsync(SandboxCluster cluster)
    {
        await using var client = PachdClient.Create(cluster.PeerAddress);
        var inventory = await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly);
        IEnumerable<string> lines =
        [
            .. inventory.Repos.SelectMany(repo => repo.Commits.Select(commit => $"{repo.Name}@{commit.Id} after {commit.Parent}, tree {commit.Tree}")),
            .. inventory.Repos.SelectMany(repo => repo.Branches.Select(branch => $"{repo.Name}@{branch.Name} = {branch.Head}")),
            .. await client.ListObjectsAsync().Order().ToListAsync(),
            .. await client.ListTagsAsync().Select(tag => $"{tag.Tag} = {tag.ObjectHash}").Order().ToListAsync(),
        ];
        return string.Join('\n', lines);
    }
}
