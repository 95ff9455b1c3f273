using PachUp.Pachyderm;
using PachUp.Sdk;
using PachUp.Steps.Platforms;
using PachUp.Testing;

namespace PachUp.Steps.Tests.Platforms;

/// <summary>The steps that act on a deployment leave all of it to the platform of the cluster that they name.</summary>
public class PlatformStepsTests
{
    private static readonly Release V1_9_12 = new(1, 9, 12);

    [Fact]
    public Task Save_keeps_the_source_unless_told_otherwise() =>
        AssertAsksAsync(PlatformSteps.Save(), new SourceArguments(), new SourceArguments { Cluster = ClusterChoice.Target }, new PlatformAction.Save(), "source");

    [Fact]
    public Task Fence_keeps_writers_out_of_the_source_unless_told_otherwise() =>
        AssertAsksAsync(PlatformSteps.Fence(), new SourceArguments(), new SourceArguments { Cluster = ClusterChoice.Target }, new PlatformAction.Fence(), "source");

    [Fact]
    public Task Unfence_lets_writers_into_the_source_unless_told_otherwise() =>
        AssertAsksAsync(PlatformSteps.Unfence(), new SourceArguments(), new SourceArguments { Cluster = ClusterChoice.Target }, new PlatformAction.Unfence(), "source");

    [Fact]
    public Task Switch_points_clients_at_the_target_unless_told_otherwise() =>
        AssertAsksAsync(PlatformSteps.Switch(), new TargetArguments(), new TargetArguments { Cluster = ClusterChoice.Source }, new PlatformAction.Switch(), "target");

    [Fact]
    public Task Wait_waits_half_an_hour_for_the_target_unless_told_otherwise() => AssertAsksAsync(
        PlatformSteps.Wait(),
        new WaitArguments { Release = V1_9_12 },
        new WaitArguments { Release = V1_9_12, Cluster = ClusterChoice.Source },
        new PlatformAction.Wait(V1_9_12, TimeSpan.FromMinutes(30)),
        "target");

    [Fact]
    public Task Undeploy_takes_the_source_away_and_keeps_its_volumes_unless_told_otherwise() => AssertAsksAsync(
        PlatformSteps.Undeploy(),
        new UndeployArguments(),
        new UndeployArguments { Cluster = ClusterChoice.Target },
        new PlatformAction.Undeploy(keepVolumes: true, TimeSpan.FromMinutes(15)),
        "source");

    [Fact]
    public Task Deploy_deploys_the_target_unless_told_otherwise() => AssertAsksAsync(
        PlatformSteps.Deploy(),
        new DeployArguments { Release = V1_9_12, FreshMetadata = true },
        new DeployArguments { Release = V1_9_12, FreshMetadata = true, Cluster = ClusterChoice.Source },
        new PlatformAction.Deploy(V1_9_12, freshMetadata: true, TimeSpan.FromMinutes(15)),
        "target");

    [Fact]
    public void Each_says_what_the_engine_has_to_know_of_it()
    {
        Assert.True(PlatformSteps.Undeploy().Traits.RemovesSource);
        Assert.True(PlatformSteps.Deploy().Traits.DeploysTarget);
        Assert.True(PlatformSteps.Fence().Traits.KeepsWritersOut);
        Assert.All(
            [PlatformSteps.Save().Traits, PlatformSteps.Fence().Traits, PlatformSteps.Unfence().Traits, PlatformSteps.Switch().Traits, PlatformSteps.Wait().Traits, PlatformSteps.Undeploy().Traits, PlatformSteps.Deploy().Traits],
            traits => Assert.True(traits.ActsOnDeployment && traits.IsSafeInRehearsal));
    }

    private static async Task AssertAsksAsync<TArguments>(
        IRevertibleStep<TArguments> step, TArguments byDefault, TArguments otherwise, PlatformAction action, string cluster)
        where TArguments : class
    {
        var platform = new RecordingPlatform();
        var execution = StandInExecution.Of(Clusters.Of()) with
        {
            Source = new StandInCluster("source", new() { Host = "old" }) { Platform = platform },
            Target = new StandInCluster("target", new() { Host = "new" }) { Platform = platform },
        };

        await step.PreviewAsync(byDefault, execution);
        await step.ExecuteAsync(byDefault, execution);
        await step.RevertAsync(byDefault, execution);
        var described = step.DescribeRollback(byDefault, execution);
        await step.ExecuteAsync(otherwise, execution);

        var other = cluster == "source" ? "target" : "source";
        Assert.Equal([$"previews {Describe(action)} of the {cluster}", $"does {Describe(action)} to the {cluster}", $"undoes {Describe(action)} of the {cluster}", $"does {Describe(action)} to the {other}"], platform.Asked);
        Assert.Equal($"Undoes the changes of the deployment at {(cluster == "source" ? "old" : "new")}:30650.", described);
    }

    private static string Describe(PlatformAction action) => action switch
    {
        PlatformAction.Wait wait => $"Wait for {wait.Release}, {wait.Timeout}",
        PlatformAction.Undeploy undeploy => $"Undeploy, volumes kept: {undeploy.KeepVolumes}, {undeploy.Timeout}",
        PlatformAction.Deploy deploy => $"Deploy {deploy.Release}, fresh metadata: {deploy.FreshMetadata}, {deploy.Timeout}",
        _ => action.GetType().Name,
    };

    private sealed class RecordingPlatform : IPlatform
    {
        public List<string> Asked { get; } = [];

        public string Name => "recording";

        public Task<StepPreview> PreviewAsync(PlatformAction action, ICluster cluster, IStepContext context, CancellationToken cancellationToken)
        {
            Asked.Add($"previews {Describe(action)} of the {cluster.Name}");
            return Task.FromResult(new StepPreview("Would do it"));
        }

        public Task<StepResult> ExecuteAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken)
        {
            Asked.Add($"does {Describe(action)} to the {cluster.Name}");
            return Task.FromResult(new StepResult("Did it"));
        }

        public Task<StepResult> RevertAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken)
        {
            Asked.Add($"undoes {Describe(action)} of the {cluster.Name}");
            return Task.FromResult(new StepResult("Undid it"));
        }
    }
}
