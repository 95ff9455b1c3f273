using System.Collections.Immutable;
using PachUp.Engine.Lookups;
using PachUp.Engine.Plans;
using PachUp.Engine.Yaml;
using PachUp.Pachyderm;

namespace PachUp.Engine.Tests.Plans.Reading;

public class PlanLoaderTests
{
    private static readonly RunIdentity Run = new("run-1", "/runs/run-1");

    [Fact]
    public void The_shipped_plan_is_read_completely()
    {
        var plan = StandInSteps.Loader(("PACHD_ADDRESS", "pachd.example:30650")).LoadFile(ShippedPlan.Path);

        Assert.Equal("pachyderm-1.8.7-to-1.9.0", plan.Name);
        Assert.Equal(new PlanOrigin { Line = new ReleaseLine(1, 8), AtLeast = new Release(1, 8, 7) }, plan.From);
        Assert.Equal(new Release(1, 9, 0), plan.Destination.Known);
        Assert.Equal(["jobs", "objects", "outputs", "archive", "readBytes", "missedTicks"], plan.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(new PlanCluster("source", "pachd.example:30650", "PACHD_ADDRESS", "external"), plan.SourceCluster);
        Assert.Equal(
            ["check", "save-deployment", "pause", "fence", "extract", "undeploy", "deploy", "restore", "verify", "resume", "unfence"],
            plan.Steps.Select(step => step.Id));
        Assert.Equal(64, plan.Sha256.Length);
    }

    [Fact]
    public void Arguments_are_bound_with_their_look_ups_and_defaults()
    {
        var plan = StandInSteps.Loader().LoadFile(ShippedPlan.Path);
        var scope = plan.Scope with { Run = Run };

        Assert.Equal(new ExtractArguments { To = "/runs/run-1/source.pachx" }, Arguments(plan, "extract", scope));
        var deploy = (DeployArguments)Arguments(plan, "deploy", scope);
        Assert.Equal((Which.Target, new Release(1, 9, 0), true), (deploy.Cluster, deploy.Release, deploy.FreshMetadata));
        Assert.Equal(new VerifyArguments { ReadBytes = 10_737_418_240 }, Arguments(plan, "verify", scope));
    }

    [Theory]
    [InlineData("90s", "00:01:30")]
    [InlineData("15m", "00:15:00")]
    [InlineData("2h", "02:00:00")]
    [InlineData("1d", "1.00:00:00")]
    public void Durations_are_written_with_their_unit(string written, string duration)
    {
        var plan = StandInSteps.Loader().Parse(OnePlan($"- {{ id: a, uses: pachyderm/pause, with: {{ cluster: target, timeout: {written} }} }}"), "plan.yaml");

        Assert.Equal(new PauseArguments { Cluster = Which.Target, Timeout = TimeSpan.Parse(duration) }, Arguments(plan, "a", plan.Scope));
    }

    [Fact]
    public void The_command_line_has_priority()
    {
        var overrides = new PlanOverrides
        {
            Set = ["objects=true", "archive=/backup/${x}=1.pachx"],
            To = "1.9.12",
            Source = "old:1",
            Target = "new:2",
        };

        var plan = StandInSteps.Loader(("PACHD_ADDRESS", "elsewhere")).LoadFile(ShippedPlan.Path, overrides);

        Assert.Equal(new PlanCluster("source", "old:1", "--source", "external"), plan.SourceCluster);
        Assert.Equal(new PlanCluster("target", "new:2", "--target", "external"), plan.TargetCluster);
        Assert.Equal(new ExtractArguments { To = "/backup/${x}=1.pachx", Objects = true }, Arguments(plan, "extract", plan.Scope));
        Assert.Equal(new Release(1, 9, 12), ((DeployArguments)Arguments(plan, "deploy", plan.Scope)).Release);
    }

    [Theory]
    [InlineData("sandbox", "")]
    [InlineData("external", "elsewhere")]
    public void An_address_in_the_environment_does_not_win_over_a_platform_on_the_command_line(string platform, string address)
    {
        var plan = StandInSteps.Loader(("PACHD_ADDRESS", "elsewhere")).LoadFile(ShippedPlan.Path, new PlanOverrides { Platform = platform });

        Assert.Equal((address, platform), (plan.SourceCluster.Address, plan.SourceCluster.Platform));
    }

    [Fact]
    public void A_cluster_address_from_a_variable_that_is_not_set_is_empty()
    {
        var plan = StandInSteps.Loader().LoadFile(ShippedPlan.Path);

        Assert.Equal(new PlanCluster("source", "", "PACHD_ADDRESS", "external"), plan.SourceCluster);
    }

    [Fact]
    public void Before_the_run_texts_keep_look_ups_of_the_run()
    {
        var step = StandInSteps.Loader().LoadFile(ShippedPlan.Path).Steps.Single(step => step.Id == "restore");
        var plan = StandInSteps.Loader().LoadFile(ShippedPlan.Path);

        Assert.Equal(new RestoreArguments { From = "${run.directory}/source.pachx" }, step.Arguments.ResolveForPreview(plan.Scope));
        Assert.Equal("${run.directory}", Assert.Single(step.Arguments.Pending(plan.Scope)));
        Assert.Empty(step.Arguments.Pending(plan.Scope with { Run = Run }));
    }

    [Fact]
    public void Outputs_of_earlier_steps_are_typed_when_they_are_known()
    {
        var plan = StandInSteps.Loader().Parse(OnePlan("""
            - { id: first, uses: pachyderm/verify }
            - { id: second, uses: pachyderm/extract, with: { to: "${steps.first.file}", attempts: "${steps.first.number}" } }
            """), "plan.yaml");
        var second = plan.Steps[1].Arguments;

        var withNumber = plan.Scope.WithOutputs("first", Outputs(("file", "a"), ("number", "7")));
        var withWord = plan.Scope.WithOutputs("first", Outputs(("file", "a"), ("number", "many")));
        var withoutNumber = plan.Scope.WithOutputs("first", Outputs(("file", "a"), ("numbr", "7")));

        Assert.Null(second.ResolveForPreview(plan.Scope));
        Assert.Equal(new ExtractArguments { To = "a", Attempts = 7 }, second.Resolve(withNumber));
        Assert.Equal(
            "plan.yaml:14:87: \"attempts\" is \"many\"; expected a whole number",
            Assert.Throws<InvalidPlanException>(() => second.Resolve(withWord)).Message);
        Assert.Equal(
            "plan.yaml:14:88: \"${steps.first.number}\" has no value; expected an output of step \"first\": one of \"file\", \"numbr\"",
            Assert.Throws<InvalidPlanException>(() => second.Resolve(withoutNumber)).Message);
    }

    [Theory]
    [InlineData(null, null, "old-pod:653", "the plan's cluster \"source\"")]
    [InlineData(null, "other:653", "other:653", "--source-peer")]
    [InlineData("new:30650", null, "", "")]
    [InlineData("new:30650", "other:653", "other:653", "--source-peer")]
    public void The_peer_port_in_a_plan_belongs_to_the_address_in_it(string? source, string? sourcePeer, string peer, string origin)
    {
        var text = OnePlan("- { id: a, uses: pachyderm/check }")
            .Replace("source: {}", """source: { address: "old:30650", peer: "${env.POD}:653" }""", StringComparison.Ordinal);

        var plan = StandInSteps.Loader(("POD", "old-pod")).Parse(text, "plan.yaml", new PlanOverrides { Source = source, SourcePeer = sourcePeer });

        Assert.Equal((peer, origin), (plan.SourceCluster.Peer, plan.SourceCluster.PeerOrigin));
        Assert.Equal("", plan.TargetCluster.Peer);
    }

    [Fact]
    public void Environment_variables_are_secret_when_arguments_are_shown()
    {
        var loader = StandInSteps.Loader(("BACKUP_KEY", "hunter2"), ("PACHD_ADDRESS", "pachd:1"));
        var plan = loader.Parse(OnePlan("""- { id: a, uses: pachyderm/restore, with: { from: "x/${env.BACKUP_KEY}/${run.id}" } }"""), "plan.yaml");
        var arguments = plan.Steps[0].Arguments;

        Assert.Equal(KeyValuePair.Create("from", "x/${env.BACKUP_KEY}/run-1"), Assert.Single(arguments.Describe(plan.Scope with { Run = Run })));
        Assert.Equal(new RestoreArguments { From = "x/hunter2/run-1" }, arguments.Resolve(plan.Scope with { Run = Run }));
        Assert.Equal("${env.BACKUP_KEY} at pachd:1", plan.Redaction.Apply("hunter2 at pachd:1"));
    }

    [Theory]
    [InlineData("$${run.id} costs $5", "${run.id} costs $5")]
    [InlineData("${from.line}/${to.line}/${ to.release }", "1.8/1.9/1.9.0")]
    [InlineData("${from.release}", "1.8.8")]
    [InlineData("$$$${", "$$${")]
    public void Look_ups_in_texts_are_replaced(string written, string filled)
    {
        var plan = StandInSteps.Loader().Parse(OnePlan($"- {{ id: a, uses: pachyderm/restore, with: {{ from: \"{written}\" }} }}"), "plan.yaml");

        var arguments = plan.Steps[0].Arguments.Resolve(plan.Scope with { SourceRelease = new Release(1, 8, 8) });

        Assert.Equal(new RestoreArguments { From = filled }, arguments);
    }

    internal static string OnePlan(string steps) => $$"""
        apiVersion: pachup/v1
        kind: MigrationPlan
        name: one
        from: { line: "1.8", atLeast: 1.8.7 }
        to: { release: 1.9.0 }
        parameters:
          archive: { description: A file, default: a }
          objects: { default: "false" }
        clusters:
          source: {}
          target: {}
        steps:
        """ + "\n" + steps + "\n";

    private static object Arguments(PlanDocument plan, string step, LookupScope scope) =>
        plan.Steps.Single(known => known.Id == step).Arguments.Resolve(scope);

    private static ImmutableSortedDictionary<string, string> Outputs(params (string Name, string Value)[] outputs) =>
        outputs.ToImmutableSortedDictionary(output => output.Name, output => output.Value);
}
