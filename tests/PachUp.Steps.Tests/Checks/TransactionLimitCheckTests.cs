using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;
using PachUp.Steps.Checks;
using PachUp.Testing;
using static PachUp.Testing.Inventories;

namespace PachUp.Steps.Tests.Checks;

public class TransactionLimitCheckTests
{
    private static readonly RepoInventory[] Repos =
    [
        Repo("a", Commit("a1")).With(Branch("master", "a1")),
        Repo("b", Commit("b1")).With(Branch("master", "b1")),
    ];

    /// <summary>What pachd of 1.7.14, 1.8.7, 1.9.0 and 1.9.12 said in its error, with an etcd of a lower limit.</summary>
    [Fact]
    public async Task Crosses_cost_what_real_servers_counted()
    {
        PipelineInfo[] crosses =
        [
            Cross("x1", "a", "b"),
            Cross("x2", "a", "x1"),
            Cross("x3", "x1", "x2"),
            .. Readers(14),
        ];

        var result = await AskAsync(crosses);

        Assert.Equal(CheckOutcome.Warning, result.Outcome);
        Assert.Equal(["a@master: 177 comparisons, 17 branches below it"], result.Items.AsEnumerable());
        Assert.Contains("--max-txn-ops=10000", result.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(13, CheckOutcome.Passed)]
    [InlineData(14, CheckOutcome.Warning)]
    public async Task Fourteen_pipelines_on_one_repo_are_too_many_for_an_etcd_with_its_own_limit(int pipelines, CheckOutcome expected) =>
        Assert.Equal(expected, (await AskAsync(Readers(pipelines))).Outcome);

    [Fact]
    public async Task Depth_counts()
    {
        var chain = Enumerable.Range(1, 7).Select(number => Pipeline($"p{number}", Pfs(number == 1 ? "a" : $"p{number - 1}"))).ToArray();

        Assert.Equal(["a@master: 151 comparisons, 7 branches below it"], (await AskAsync(chain)).Items.AsEnumerable());
        Assert.Equal(CheckOutcome.Passed, (await AskAsync(chain[..^1])).Outcome);
    }

    [Fact]
    public async Task Stopped_pipelines_and_branches_of_statistics_count()
    {
        var pipelines = Readers(9);
        foreach (var pipeline in pipelines)
        {
            (pipeline.Stopped, pipeline.EnableStats) = (true, true);
        }

        Assert.Equal(["a@master: 166 comparisons, 18 branches below it"], (await AskAsync(pipelines)).Items.AsEnumerable());
    }

    [Theory]
    [InlineData(5000, CheckOutcome.Passed)]
    [InlineData(100, CheckOutcome.Warning)]
    public async Task The_limit_that_the_platform_sees_counts(int limit, CheckOutcome expected)
    {
        var context = ContextOf(Readers(12)) with { Platform = new LimitedPlatform(limit) };

        var result = await new TransactionLimitCheck().AskAsync(context, CancellationToken.None);

        Assert.Equal(expected, result.Outcome);
        Assert.Contains($"the deployed etcd allows {limit}", result.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_etcd_that_cannot_be_seen_is_taken_to_have_its_own_limit()
    {
        var context = ContextOf(Readers(14)) with { Platform = new LimitedPlatform(limit: null) };

        var result = await new TransactionLimitCheck().AskAsync(context, CancellationToken.None);

        Assert.Contains("an etcd without --max-txn-ops allows 128", result.Found, StringComparison.Ordinal);
    }

    private static PipelineInfo[] Readers(int count) => [.. Enumerable.Range(1, count).Select(number => Pipeline($"reader{number}", Pfs("a")))];

    private static PipelineInfo Cross(string name, params IEnumerable<string> repos)
    {
        var input = new Input();
        input.Cross.AddRange(repos.Select(Pfs));
        return Pipeline(name, input);
    }

    private static AskedContext ContextOf(params PipelineInfo[] pipelines) => AskedContext.Of(Of(Repos).Running(pipelines));

    private static Task<CheckResult> AskAsync(params PipelineInfo[] pipelines) =>
        new TransactionLimitCheck().AskAsync(ContextOf(pipelines), CancellationToken.None);

    private sealed class LimitedPlatform(int? limit) : IMetadataLimitPlatform
    {
        public string Name => "limited";

        public Task<int?> GetTransactionLimitAsync(ICluster cluster, CancellationToken cancellationToken) =>
            limit is null ? throw new StepFailedException("the platform does not answer", "Try again.") : Task.FromResult(limit);

        public Task<StepPreview> PreviewAsync(PlatformAction action, ICluster cluster, IStepContext context, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<StepResult> ExecuteAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<StepResult> RevertAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
