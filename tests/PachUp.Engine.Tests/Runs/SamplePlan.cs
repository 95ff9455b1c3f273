using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Plugins;
using PachUp.Engine.Steps;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using TestClusters = PachUp.Testing.Clusters;

namespace PachUp.Engine.Tests.Runs;

/// <summary>A plan between two small clusters, like the result of the planner, without a server.</summary>
internal static class SamplePlan
{
    /// <summary>The id of the source.</summary>
    public const string SourceId = "source-id";

    /// <summary>The id of the target.</summary>
    public const string TargetId = "target-id";

    /// <summary>Three steps. The last cannot be undone and looks up an output of the first.</summary>
    public const string ThreeSteps = """
        steps:
          - { id: one, uses: test/undoable }
          - { id: two, uses: test/undoable }
          - { id: three, uses: test/lasting }
        """;

    /// <summary>Reads a plan with these steps.</summary>
    /// <param name="steps">The kinds of steps.</param>
    /// <param name="text">The <c>steps:</c> of the plan, and <c>parameters:</c> where it has some.</param>
    /// <param name="environment">The environment variables.</param>
    public static PlanDocument Read(StepCatalogue steps, string text = ThreeSteps, params (string Name, string Value)[] environment) => new PlanLoader
    {
        Steps = steps,
        Platforms = ["external"],
        Environment = name => environment.FirstOrDefault(variable => variable.Name == name).Value,
    }.Parse(
        $$"""
        apiVersion: pachup/v1
        kind: MigrationPlan
        name: sample
        from: { line: "1.8", atLeast: 1.8.7 }
        to: { release: 1.9.0 }
        clusters: { source: { address: "old:30650" }, target: { address: "new:30650" } }
        {{text}}
        """,
        "plan.yaml");

    /// <summary>The plan with everything that the planner adds.</summary>
    public static PlannedMigration Of(PlanDocument document, IPlatform? platform = null, bool inPlace = false, params ImmutableArray<LoadedPlugin> plugins) =>
        Of(document, new ClusterPair(Cluster("source", "old", platform), Cluster("target", inPlace ? "old" : "new", platform)), inPlace, plugins);

    /// <summary>The same with a source that answers, and with a step that carries late writes if there is one.</summary>
    public static PlannedMigration From(ClusterAddress source, PlanDocument document, bool inPlace = false, StepDescriptor? catchUp = null)
    {
        var cluster = new PlannedCluster("source", source, new StandInPlatform());
        return Of(document, new ClusterPair(cluster, inPlace ? cluster : Cluster("target", "new", platform: null)), inPlace, [], catchUp);
    }

    private static PlannedMigration Of(PlanDocument document, ClusterPair clusters, bool inPlace, ImmutableArray<LoadedPlugin> plugins, StepDescriptor? catchUp = null)
    {
        var preview = new PlanPreview
        {
            PlanName = document.Name,
            Description = "",
            PlanSha256 = document.Sha256,
            Source = ClusterFacts.Unanswered(clusters.Source) with { Release = new Release(1, 8, 8), ClusterId = SourceId },
            Target = ClusterFacts.Unanswered(clusters.Target) with { ClusterId = inPlace ? null : TargetId },
            IsInPlace = inPlace,
            TargetRelease = new Release(1, 9, 0),
        };
        var context = new MigrationContext
        {
            Purpose = PlanPurpose.Migration,
            Source = clusters.Source,
            Target = clusters.Target,
            CarriesObjects = false,
            TargetRelease = preview.TargetRelease,
            Route = new WithinLineRoute(new ReleaseLine(1, 8)),
            Survey = new Survey { Source = Source, ExpectedTarget = new ExpectedTarget { Inventory = Source } },
            Checks = [],
        };
        return new PlannedMigration(document, preview, document.Scope, clusters, context) { Plugins = plugins, CatchUp = catchUp };
    }

    private static ClusterInventory Source { get; } =
        TestClusters.Running(TestClusters.Of(TestClusters.Repo("images", TestClusters.Commit("a"))), TestClusters.Pipeline("edges", TestClusters.Pfs("images"))) with { ClusterId = SourceId };

    private static PlannedCluster Cluster(string name, string host, IPlatform? platform) =>
        new(name, new ClusterAddress { Host = host, Origin = $"--{name}" }, platform ?? new StandInPlatform());
}
