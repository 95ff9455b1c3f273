using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Testing;

namespace PachUp.Sdk.Tests;

/// <summary>What a plugin gets that says as little as it may: the careful answer each time.</summary>
public class ContractDefaultsTests
{
    [Theory]
    [InlineData(PlanPurpose.Migration, true)]
    [InlineData(PlanPurpose.Reload, false)]
    [InlineData(PlanPurpose.Upgrade, false)]
    [InlineData(PlanPurpose.Backup, false)]
    [InlineData(PlanPurpose.Restore, false)]
    public void A_check_is_asked_for_migrations_alone(PlanPurpose purpose, bool asks) => Assert.Equal(asks, ((ICheck)new PlainCheck()).IsAbout(purpose));

    [Fact]
    public void A_check_is_about_the_clusters_and_needs_no_live_source()
    {
        ICheck check = new PlainCheck();

        Assert.False(check.IsAboutThisMachine || check.IsAboutTarget || check.NeedsLiveSource);
        Assert.Equal(CheckGuide.AllReleases, check.Guide.Releases);
        Assert.Null(check.Guide.WhenWarned);
        Assert.Null(check.Guide.WhenRefused);
    }

    [Fact]
    public void A_step_declares_nothing_so_a_rehearsal_does_not_execute_it()
    {
        IStep<string> step = new PlainStep();

        Assert.Same(StepTraits.Default, step.Traits);
        Assert.All(typeof(StepTraits).GetProperties().Where(property => property.PropertyType == typeof(bool)), property => Assert.Equal(false, property.GetValue(step.Traits)));
    }

    [Fact]
    public void A_step_says_of_a_rollback_that_what_it_did_stays_unless_it_can_be_undone()
    {
        var execution = StandInExecution.Of(Clusters.Of());

        Assert.Equal("Nothing is undone: the changes of this step stay.", ((IStep<string>)new PlainStep()).DescribeRollback("", execution));
        Assert.Equal("Undoes the changes of this step.", ((IStep<string>)new RevertibleStep()).DescribeRollback("", execution));
    }

    [Fact]
    public void A_platform_says_of_a_rollback_which_deployment_it_is_about()
    {
        IPlatform platform = new PlainPlatform();

        Assert.Equal(
            "Undoes the changes of the deployment at target:30650.",
            platform.DescribeRevert(new PlatformAction.Save(), StandInCluster.Silent("target"), StandInExecution.Of(Clusters.Of())));
    }

    [Fact]
    public void A_route_sends_the_operations_of_its_target_and_chooses_nothing()
    {
        var route = new RecordingRoute();
        var source = Clusters.Of();

        route.PredictTarget(source, new Release(1, 9, 0));

        Assert.Empty(route.Checks);
        Assert.Equal(ReleaseTraits.Of(new Release(1, 9, 0)).Generation, route.GenerationFor(new Release(1, 9, 0)));
        Assert.Equal(MigrationOptions.Default, route.AskedWith);
        Assert.Equal((OutputChoice.Recompute, false), (MigrationOptions.Default.Outputs, MigrationOptions.Default.CarriesObjects));
    }

    [Fact]
    public void An_expected_target_compares_everything_and_announces_nothing()
    {
        var expectedTarget = new ExpectedTarget { Inventory = Clusters.Of() };

        Assert.Equal(new ComparisonOptions(), expectedTarget.Comparison);
        Assert.Empty(expectedTarget.Changes);
        Assert.Empty(expectedTarget.RecomputedRepos);
    }

    private sealed class PlainCheck : ICheck
    {
        public string Name => "plain";

        public string Question => "Is all well?";

        public CheckGuide Guide { get; } = new() { Why = "A test asks it.", WhenPassed = "All is well." };

        public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private class PlainStep : IStep<string>
    {
        public string Name => "test/plain";

        public string Summary => "Does nothing.";

        public Task<StepPreview> PreviewAsync(string arguments, IStepContext context, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<StepResult> ExecuteAsync(string arguments, IStepExecution execution, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class RevertibleStep : PlainStep, IRevertibleStep<string>
    {
        public Task<StepResult> RevertAsync(string arguments, IStepExecution execution, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class PlainPlatform : IPlatform
    {
        public string Name => "plain";

        public Task<StepPreview> PreviewAsync(PlatformAction action, ICluster cluster, IStepContext context, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<StepResult> ExecuteAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<StepResult> RevertAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    private sealed class RecordingRoute : UnchangedRoute
    {
        public MigrationOptions? AskedWith { get; private set; }

        public override ExpectedTarget PredictTarget(ClusterInventory source, Release target, MigrationOptions options)
        {
            AskedWith = options;
            return base.PredictTarget(source, target, options);
        }
    }
}
