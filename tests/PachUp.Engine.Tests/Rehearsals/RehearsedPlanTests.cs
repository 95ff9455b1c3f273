using PachUp.Engine.Plans;
using PachUp.Engine.Rehearsals;
using PachUp.Engine.Steps.Binding;
using PachUp.Engine.Tests.Runs;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Rehearsals;

/// <summary>A plan as a rehearsal carries it out: steps that declare themselves safe act, in the rehearsal's directory, and the others do not.</summary>
public class RehearsedPlanTests
{
    private readonly List<string> _acted = [];

    private PlanDocument Plan => SamplePlan.Read(
        new ScriptedSteps((_, what) => _acted.Add(what)).Catalogue,
        """
        steps:
          - { id: safe, uses: test/safe, with: { file: /backups/a.pachx } }
          - { id: other, uses: test/undoable, with: { file: /backups/b.pachx } }
        """);

    [Fact]
    public async Task Only_a_step_that_declares_itself_safe_acts()
    {
        foreach (var step in Plan.InRehearsal("/rehearsal").Steps)
        {
            await step.Step.ExecuteAsync(step.Arguments.Resolve(Plan.Scope), Execution(step), CancellationToken.None);
        }

        Assert.Equal(["safe acts"], _acted);
    }

    [Fact]
    public async Task A_step_that_does_not_act_says_so_and_has_nothing_to_undo()
    {
        var other = Plan.InRehearsal("/rehearsal").Steps[1];

        var result = await other.Step.ExecuteAsync(other.Arguments.Resolve(Plan.Scope), Execution(other), CancellationToken.None);

        Assert.Equal(PreviewedStep.Summary, result.Summary);
        Assert.False(other.Step.IsRevertible);
        await Assert.ThrowsAsync<InvalidOperationException>(() => other.Step.RevertAsync(other.Arguments.Resolve(Plan.Scope), Execution(other), CancellationToken.None));
    }

    [Fact]
    public async Task Files_of_a_safe_step_are_moved_to_the_directory_of_the_rehearsal()
    {
        var safe = Plan.InRehearsal("/rehearsal").Steps[0];

        var preview = await safe.Step.PreviewAsync(safe.Arguments.Resolve(Plan.Scope), Execution(safe), CancellationToken.None);

        Assert.Equal("/rehearsal/a.pachx", Assert.Single(preview.Effects).Detail);
    }

    [Fact]
    public void Both_clusters_are_the_stand_ins_and_no_peer_port_of_a_real_one_is_kept()
    {
        var plan = Plan with { SourceCluster = Plan.SourceCluster with { Peer = "old:653" } };

        var rehearsed = plan.On(new NamedClusters(), "/rehearsal");

        Assert.Equal(("source-sandbox:1", ""), (rehearsed.SourceCluster.Address, rehearsed.SourceCluster.Peer));
        Assert.Equal("target-sandbox:2", rehearsed.TargetCluster.Address);
        Assert.Equal(("source-sandbox:1", "target-sandbox:2"), (rehearsed.Overrides.Source!, rehearsed.Overrides.Target!));
    }

    [Fact]
    public void A_real_source_is_surveyed_with_the_target_of_the_rehearsal()
    {
        var surveyed = Plan.To(new StandIn("target-sandbox:2", new Release(1, 9, 0)));

        Assert.Equal(("old:30650", "target-sandbox:2"), (surveyed.SourceCluster.Address, surveyed.TargetCluster.Address));
    }

    [Fact]
    public void The_steps_that_are_only_previewed_are_known_before() => Assert.Equal(["other"], Plan.PreviewedSteps().Select(step => step.Id));

    private static StandInExecution Execution(PlanStep step) => StandInExecution.Of(Clusters.Of()) with { StepId = step.Id };

    private sealed class NamedClusters : IRehearsalClusters
    {
        public StandIn Source => new("source-sandbox:1", new Release(1, 8, 8));

        public StandIn Target => new("target-sandbox:2", new Release(1, 9, 0));

        public IPlatform Platform { get; } = new StandInPlatform();

        public TargetRefusal? Refusal => null;

        public void Fill(ClusterInventory inventory, bool completesSpecs) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
