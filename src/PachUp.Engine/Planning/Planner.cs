using System.Collections.Immutable;
using PachUp.Engine.Checks;
using PachUp.Engine.Plans;
using PachUp.Engine.Plans.Lookups;
using PachUp.Engine.Releases;
using PachUp.Engine.Steps;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>
/// Applies a plan in thought: asks the source for its release, lets the gate speak, takes the inventory, foresees what the target will hold,
/// asks the checks, and previews the steps. It reads only.
/// </summary>
public static class Planner
{
    /// <summary>Makes the preview of a plan.</summary>
    /// <exception cref="InvalidPlanException">An argument of a step is wrong.</exception>
    /// <exception cref="AddressException">A cluster has no usable address.</exception>
    /// <exception cref="PachdException">A cluster does not answer, or not as a pachd.</exception>
    public static async Task<PlannedMigration> PlanAsync(PlanRequest request, CancellationToken cancellationToken)
    {
        var clusters = ClusterPair.Of(request);
        try
        {
            return await PlanAsync(request, clusters, cancellationToken);
        }
        catch
        {
            await clusters.DisposeAsync();
            throw;
        }
    }

    private static async Task<PlannedMigration> PlanAsync(PlanRequest request, ClusterPair clusters, CancellationToken cancellationToken)
    {
        var plan = request.Document;
        var sourceRelease = await clusters.Source.Connect().GetReleaseAsync(cancellationToken);
        var scope = plan.Scope with { SourceRelease = sourceRelease };
        var releaseFindings = ReleaseFindings(request, sourceRelease);
        var preview = Begin(plan, scope, clusters, sourceRelease) with { Findings = releaseFindings };
        if (preview.IsRefused)
        {
            return new PlannedMigration(plan, preview, scope, clusters, context: null);
        }

        var context = await SurveyAsync(request, scope, clusters, sourceRelease, cancellationToken);
        var findings = await CheckRunner.AskAllAsync(context, AcceptedChecks(plan, scope), cancellationToken);
        preview = Complete(preview, context) with { Findings = [.. releaseFindings, .. findings] };
        if (!preview.IsRefused)
        {
            preview = preview with { Steps = await PreviewStepsAsync(plan, scope, context, cancellationToken) };
        }

        return new PlannedMigration(plan, preview, scope, clusters, context);
    }

    /// <summary>A plan whose survey was made before, to go on with it.</summary>
    internal static PlannedMigration Restore(PlanRequest request, PlanPreview preview, ClusterInventory surveyed)
    {
        var plan = request.Document;
        var scope = plan.Scope with { SourceRelease = surveyed.Release };
        var clusters = ClusterPair.Of(request);
        var route = request.Catalogue.FindRoute(surveyed.Release.Line, plan.Target.Line)
            ?? throw new StepFailedException(
                $"no plugin offers the way from {surveyed.Release.Line} to {plan.Target.Line} any more",
                "Install the plugins that the run was begun with.");
        var survey = new Survey { Source = surveyed, Foresight = route.Foresee(surveyed, plan.Target) };
        return new PlannedMigration(plan, preview, scope, clusters, ContextOf(request, scope, clusters, route, survey));
    }

    /// <summary>What is to be said of the two releases, before a cluster is asked anything else.</summary>
    internal static ImmutableArray<Finding> ReleaseFindings(PlanRequest request, Release source)
    {
        var plan = request.Document;
        var gate = Answer(
            ReleaseQuestions.PointRelease, PointReleaseGate.Decide(source, plan.From.Line, plan.From.AtLeast, request.Releases));
        var target = Answer(ReleaseQuestions.TargetChoice, TargetReleaseAdvice.For(plan.Target, request.Releases));
        return request.Catalogue.FindRoute(plan.From.Line, plan.Target.Line) is null
            ? [gate, target, NoRoute(plan)]
            : [gate, target];
    }

    private static Finding NoRoute(PlanDocument plan) => Answer(
        ReleaseQuestions.Route,
        CheckResult.Refused($"no plugin offers the way from {plan.From.Line} to {plan.Target.Line}", "See what is there with \"pachup plugin list\"."));

    private static Finding Answer(CheckDescription question, CheckResult result) =>
        new(question.Name, question.Question, result, Accepted: false);

    private static PlanPreview Begin(PlanDocument plan, LookupScope scope, ClusterPair clusters, Release sourceRelease) => new()
    {
        PlanName = plan.Name,
        Description = plan.Description,
        PlanSha256 = plan.Sha256,
        Source = Unanswered(clusters.Source) with { Release = sourceRelease },
        Target = Unanswered(clusters.Target),
        IsInPlace = clusters.IsInPlace,
        TargetRelease = plan.Target,
        Parameters = plan.Parameters.ToImmutableSortedDictionary(
            parameter => parameter.Name, parameter => scope.PrintableParameter(parameter.Name), StringComparer.Ordinal),
    };

    private static PlanPreview Complete(PlanPreview preview, MigrationContext context)
    {
        var source = context.Survey.Source;
        var target = context.Survey.Target;
        return preview with
        {
            Source = preview.Source with { ClusterId = source.ClusterId, Contents = ClusterContents.Of(source) },
            Target = target is null
                ? preview.Target
                : preview.Target with
                {
                    Release = target.Release,
                    ClusterId = target.ClusterId,
                    Contents = new ClusterContents(target.Repos, 0, 0, target.Pipelines, 0),
                },
            Changes = context.Survey.Foresight.Changes,
        };
    }

    private static async Task<MigrationContext> SurveyAsync(
        PlanRequest request, LookupScope scope, ClusterPair clusters, Release sourceRelease, CancellationToken cancellationToken)
    {
        var plan = request.Document;
        var route = request.Catalogue.FindRoute(sourceRelease.Line, plan.Target.Line)!;
        var target = clusters.IsInPlace ? null : await TargetStates.LookAsync(clusters.Target.Connect(), cancellationToken);
        var source = await TakeInventoryAsync(request, clusters.Source.Connect(), cancellationToken);
        var survey = new Survey { Source = source, Foresight = route.Foresee(source, plan.Target), Target = target };
        return ContextOf(request, scope, clusters, route, survey);
    }

    private static Task<ClusterInventory> TakeInventoryAsync(PlanRequest request, PachdClient source, CancellationToken cancellationToken) =>
        request.TakeInventory is { } take
            ? take(source, cancellationToken)
            : InventoryReader.ReadAsync(source, InventoryOptions.MetadataOnly, request.Progress, cancellationToken);

    private static MigrationContext ContextOf(
        PlanRequest request, LookupScope scope, ClusterPair clusters, MigrationRoute route, Survey survey) => new()
        {
            Source = clusters.Source,
            Target = clusters.Target,
            CarriesObjects = request.Document.CarriesObjects(scope),
            ArchivePath = request.Document.ArchivePath(scope with { Run = scope.Run ?? RunIdentity.Upcoming(request.StatePath) }),
            TargetRelease = request.Document.Target,
            Route = route,
            Survey = survey,
            Checks = [.. request.Catalogue.Checks, .. route.Checks],
        };

    private static async Task<ImmutableArray<PlannedStep>> PreviewStepsAsync(
        PlanDocument plan, LookupScope scope, MigrationContext context, CancellationToken cancellationToken)
    {
        var steps = ImmutableArray.CreateBuilder<PlannedStep>(plan.Steps.Length);
        foreach (var step in plan.Steps)
        {
            var preview = step.Arguments.ResolveForPreview(scope) is { } arguments
                ? await step.Step.PreviewAsync(arguments, context, cancellationToken)
                : new StepPreview(step.Step.Summary) { Notes = [$"Not known before it runs: {string.Join(", ", step.Arguments.Pending(scope))}"] };
            steps.Add(new PlannedStep(step.Id, step.Step.Name, preview, step.Step.IsRevertible));
        }

        return steps.MoveToImmutable();
    }

    private static ImmutableHashSet<string> AcceptedChecks(PlanDocument plan, LookupScope scope) =>
    [
        .. plan.Steps
            .Select(step => step.Arguments.ResolveForPreview(scope))
            .OfType<CheckStep.Arguments>()
            .SelectMany(arguments => arguments.Accept),
    ];

    private static ClusterFacts Unanswered(PlannedCluster cluster) =>
        new(cluster.Address.ToString(), cluster.Address.Origin, cluster.Platform.Name, Release: null, ClusterId: null, Contents: null);
}
