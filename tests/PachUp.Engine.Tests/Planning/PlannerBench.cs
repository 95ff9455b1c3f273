using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Plugins;
using PachUp.Engine.Tests.Runs;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sandbox;
using PachUp.Sdk;
using PachUp.Sdk.Testing;

namespace PachUp.Engine.Tests.Planning;

/// <summary>A source with one repo and a pipeline, and an empty target, for tests of the planner.</summary>
public sealed class PlannerBench : IAsyncLifetime
{
    private SandboxPair _clusters = null!;

    internal SandboxCluster Source => _clusters.Source.Cluster;

    internal SandboxCluster Target => _clusters.Target.Cluster;

    public async Task InitializeAsync()
    {
        _clusters = await SandboxPair.StartAsync(
            new SandboxOptions { Release = new Release(1, 8, 7) }, new SandboxOptions { Release = new Release(1, 9, 0) }, sharesBucket: false);
        await Cluster.Empty.WithRepo("images").WithCommit("images", "master", "/1.png", "pixels").WithPipeline("edges", "images").MakeAsync(Source);
    }

    public async Task DisposeAsync() => await _clusters.DisposeAsync();

    internal static ScriptedSteps Steps { get; } = new((_, _) => throw new InvalidOperationException("a planner does not run steps"));

    internal const string TwoSteps = """
        steps:
          - { id: one, uses: test/undoable, with: { text: "${parameters.color}" } }
          - { id: two, uses: test/lasting, with: { count: "${steps.one.count}" } }
        """;

    /// <summary>The plan from the source to the target.</summary>
    internal PlanOverrides Overrides => new() { Source = Source.Address.ToString(), Target = Target.Address.ToString() };

    internal static PlanDocument Read(PlanOverrides overrides, string text = TwoSteps, string to = "1.9.0", params (string Name, string Value)[] environment) => new PlanLoader
    {
        Steps = Steps.Catalogue,
        Platforms = ["external"],
        Environment = name => environment.FirstOrDefault(variable => variable.Name == name).Value,
    }.Parse(
        $$"""
        apiVersion: pachup/v1
        kind: MigrationPlan
        name: sample
        from: { line: "1.8", atLeast: 1.8.7 }
        to: { release: {{to}} }
        parameters: { color: { default: green } }
        clusters: { source: {}, target: {} }
        {{text}}
        """,
        "plan.yaml",
        overrides);

    internal static PlanRequest RequestFor(PlanDocument document, StandInRoute? route = null, params ImmutableArray<ICheck> checks) => new()
    {
        Document = document,
        Catalogue = new Catalogue
        {
            Steps = Steps.Catalogue,
            Checks = checks,
            Routes = [route ?? new StandInRoute()],
            Platforms = ImmutableSortedDictionary<string, IPlatform>.Empty.Add("external", new StandInPlatform()),
        },
        Addresses = new AddressResolver(_ => null, "/nowhere"),
    };

    internal Task<PlannedMigration> PlanAsync(params ImmutableArray<ICheck> checks) => PlanAsync(RequestFor(Read(Overrides), route: null, checks));

    internal static Task<PlannedMigration> PlanAsync(PlanRequest request) => Planner.PlanAsync(request, CancellationToken.None);
}
