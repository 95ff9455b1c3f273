using System.Collections.Immutable;
using PachUp.Engine.Lookups;
using PachUp.Engine.Plans;
using PachUp.Engine.Steps;
using PachUp.Engine.Yaml;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification;
using PachUp.Verification.Backups;
using PachUp.Verification.Records;

namespace PachUp.Engine.Planning;

/// <summary>
/// Makes the preview of a plan: asks the source for its release, applies the release gates, takes the inventory, predicts what the target will
/// hold, runs the checks, and previews the steps. It only reads.
/// </summary>
public static class Planner
{
    /// <summary>Makes the preview of a plan.</summary>
    /// <exception cref="InvalidPlanException">An argument of a step is wrong.</exception>
    /// <exception cref="AddressException">A cluster has no usable address.</exception>
    /// <exception cref="PachdException">A cluster does not answer, or the server is not pachd.</exception>
    /// <exception cref="StepFailedException">The backup that the plan restores is not complete.</exception>
    /// <exception cref="ArchiveCorruptException">The manifest of the backup cannot be read.</exception>
    public static async Task<PlannedMigration> PlanAsync(PlanRequest request, CancellationToken cancellationToken)
    {
        var clusters = await ClusterPair.OpenAsync(request, cancellationToken);
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
        await LookForUnfinishedAsync(request, clusters, cancellationToken);
        var start = await StartingPoint.OfAsync(request, clusters, cancellationToken);
        var targetRelease = plan.Destination.Of(start.Release, request.Releases);
        var scope = plan.Scope with { SourceRelease = start.Release, TargetRelease = targetRelease };
        var accepted = AcceptedChecks(plan, scope);
        AcceptedNames.ThrowIfUnknown(accepted, request.Catalogue);
        ImmutableArray<Finding> releaseFindings = [.. ReleaseFindings.Of(request, start.Release, targetRelease).Select(finding => finding.AcceptedBy(accepted))];
        var preview = Begin(plan, scope, clusters, start) with { Findings = releaseFindings };
        if (preview.IsRefused)
        {
            return new PlannedMigration(plan, preview, scope, clusters, context: null);
        }

        var context = await SurveyAsync(request, scope, preview, clusters, start, cancellationToken);
        var asked = await CheckRunner.AskAllAsync(context, accepted, request.Progress, cancellationToken);
        var findings = asked.Select(finding => finding with { Result = plan.Redaction.Apply(finding.Result) });
        preview = (await CompleteAsync(preview, context, cancellationToken)) with { Findings = [.. releaseFindings, .. findings] };
        if (!preview.IsRefused)
        {
            preview = preview with { Steps = await PreviewStepsAsync(plan, scope, context, cancellationToken) };
        }

        return new PlannedMigration(plan, preview, scope, clusters, context) { Plugins = request.Catalogue.Plugins, CatchUp = CatchUpOf(request) };
    }

    /// <summary>Looks first at who works on the clusters: a run that has taken one down explains what is missing there.</summary>
    private static async Task LookForUnfinishedAsync(PlanRequest request, ClusterPair clusters, CancellationToken cancellationToken)
    {
        if (request.UnfinishedRuns is { } runs)
        {
            await runs.LookAsync(clusters.Source, cancellationToken);
            await runs.LookAsync(clusters.Target, cancellationToken);
        }
    }

    /// <summary>Restores the plan of an existing run from its preview and inventory.</summary>
    internal static async Task<PlannedMigration> RestoreAsync(
        PlanRequest request, PlanPreview preview, ClusterInventory surveyed, CancellationToken cancellationToken)
    {
        var plan = request.Document;
        var scope = plan.Scope with { SourceRelease = surveyed.Release, TargetRelease = preview.TargetRelease };
        var clusters = await ClusterPair.OpenAsync(request, cancellationToken);
        var route = TryFindRoute(request, surveyed.Release.Line, preview)
            ?? throw new StepFailedException(
                $"no installed plugin offers a route from {surveyed.Release.Line} to {preview.TargetRelease.Line}",
                "Install the plugins that the run started with.");
        var survey = new Survey { Source = surveyed, ExpectedTarget = route.PredictTarget(surveyed, preview.TargetRelease, OptionsOf(plan, scope, preview)) };
        return new PlannedMigration(plan, preview, scope, clusters, ContextOf(request, scope, preview, clusters, route, survey))
        {
            Plugins = request.Catalogue.Plugins,
            CatchUp = CatchUpOf(request),
        };
    }

    private static StepDescriptor? CatchUpOf(PlanRequest request) =>
        request.Catalogue.Steps.All.FirstOrDefault(step => step.Traits.CatchesUp)?.Redacting(request.Document.Redaction);

    private static PlanPreview Begin(PlanDocument plan, LookupScope scope, ClusterPair clusters, StartingPoint start) => new()
    {
        PlanName = plan.Name,
        Description = plan.Description,
        PlanSha256 = plan.Sha256,
        Purpose = plan.Purpose,
        Source = start.Facts,
        Target = ClusterFacts.Unanswered(clusters.Target),
        IsInPlace = MigrationContext.IsInPlaceOf(plan.Purpose, clusters.Source, clusters.Target),
        TargetRelease = scope.TargetRelease!,
        Accepted = plan.Overrides.Accept,
        Outages = Outage.Of(plan, scope, isInPlace: MigrationContext.IsInPlaceOf(plan.Purpose, clusters.Source, clusters.Target)),
        Backup = FactsOf(start.Backup),
        CarriesObjects = start.Backup?.CarriesObjects ?? plan.CarriesObjects(scope),
        Parameters = plan.Parameters.ToImmutableSortedDictionary(
            parameter => parameter.Name, parameter => scope.PrintableParameter(parameter.Name), StringComparer.Ordinal),
    };

    private static BackupFacts? FactsOf(Backup? backup) =>
        backup is null ? null : new BackupFacts(backup.Path, backup.Manifest.Sha256, backup.Manifest.Source.ExtractedAt);

    private static async Task<PlanPreview> CompleteAsync(PlanPreview preview, MigrationContext context, CancellationToken cancellationToken)
    {
        var access = await ObjectAccesses.AskAsync(context, cancellationToken);
        var source = context.Survey.Source;
        var target = context.Survey.Target;
        return preview with
        {
            Source = preview.Source with { ClusterId = source.ClusterId, Contents = ClusterContents.Of(source), Objects = access.Source },
            Target = target is null
                ? preview.Target
                : preview.Target with
                {
                    Release = target.Release,
                    ClusterId = target.ClusterId,
                    Contents = new ClusterContents(target.Repos, 0, 0, target.Pipelines, 0),
                    Objects = access.Target,
                },
            Changes = context.Survey.ExpectedTarget.Changes,
        };
    }

    private static async Task<MigrationContext> SurveyAsync(
        PlanRequest request, LookupScope scope, PlanPreview preview, ClusterPair clusters, StartingPoint start, CancellationToken cancellationToken)
    {
        var route = TryFindRoute(request, start.Release.Line, preview)!;
        var target = preview.IsInPlace ? null : await LookAtTargetAsync(request.Document, clusters.Target, cancellationToken);
        var found = await start.ReadAsync(cancellationToken);
        var stopped = start.Backup is null ? request.UnfinishedRuns?.FindStopped(found) ?? [] : [];
        var source = found.WithRunning(stopped.ToHashSet(StringComparer.Ordinal));
        var survey = new Survey
        {
            Source = source,
            ExpectedTarget = route.PredictTarget(source, preview.TargetRelease, OptionsOf(request.Document, scope, preview)),
            Target = target,
            StoppedByUnfinishedRuns = stopped,
        };
        return ContextOf(request, scope, preview, clusters, route, survey);
    }

    /// <summary>What the target holds; null if a step of the plan will deploy it.</summary>
    private static async Task<TargetState?> LookAtTargetAsync(PlanDocument plan, PlannedCluster target, CancellationToken cancellationToken)
    {
        if (!plan.DeploysTarget)
        {
            await target.ThrowIfMissingAsync(cancellationToken);
        }

        return await TargetStates.LookAsync(target, cancellationToken);
    }

    /// <summary>The route of a plan; null if no plugin offers it.</summary>
    private static MigrationRoute? TryFindRoute(PlanRequest request, ReleaseLine from, PlanPreview preview) => preview.TargetRelease.Line switch
    {
        var to when preview.Purpose == PlanPurpose.Reload => request.Catalogue.FindRoute(from, to) is { } route ? new ReloadRoute(route) : null,
        var to when to != from => request.Catalogue.FindRoute(from, to),
        _ when preview is { Purpose: PlanPurpose.Restore, Source.Release: { } release } =>
            ReleaseTraits.Of(release).ExtractsOutputs ? new RestoreWithOutputsRoute(from) : new RestoreWithinLineRoute(from),
        _ => new WithinLineRoute(from),
    };

    private static MigrationContext ContextOf(
        PlanRequest request, LookupScope scope, PlanPreview preview, ClusterPair clusters, MigrationRoute route, Survey survey) => new()
        {
            Purpose = preview.Purpose,
            Source = clusters.Source,
            Target = clusters.Target,
            CarriesObjects = preview.CarriesObjects,
            CopiesBucket = request.Document.CopiesBucket(scope),
            ArchivePath = request.Document.ArchivePath(scope with { Run = scope.Run ?? RunIdentity.Upcoming(request.StatePath) }),
            TargetRelease = preview.TargetRelease,
            Options = OptionsOf(request.Document, scope, preview),
            Route = route,
            Survey = survey,
            Checks =
            [
                .. request.Catalogue.Checks.Concat(route.Checks)
                    .Where(check => check.IsAbout(preview.Purpose) && !(request.IsCarriedOutElsewhere && check.IsAboutThisMachine))
                    .Select(check => request.Document.Overrides.Accept.Contains(check.Name) ? new AcceptedCheck(check) : check),
            ],
        };

    /// <summary>The options of the plan. Whether objects are sent depends on the backup, if there is one.</summary>
    private static MigrationOptions OptionsOf(PlanDocument plan, LookupScope scope, PlanPreview preview) =>
        plan.Options(scope) with { CarriesObjects = preview.CarriesObjects };

    private static async Task<ImmutableArray<PlannedStep>> PreviewStepsAsync(
        PlanDocument plan, LookupScope scope, MigrationContext context, CancellationToken cancellationToken)
    {
        var steps = ImmutableArray.CreateBuilder<PlannedStep>(plan.Steps.Length);
        foreach (var step in plan.Steps)
        {
            var preview = step.Arguments.ResolveForPreview(scope) is { } arguments
                ? await step.Step.PreviewAsync(arguments, context, cancellationToken)
                : new StepPreview(step.Step.Summary) { Notes = [$"Known only during the run: {string.Join(", ", step.Arguments.Pending(scope))}"] };
            steps.Add(new PlannedStep(step.Id, step.Step.Name, preview, step.Step.IsRevertible) { OnFailure = step.OnFailure });
        }

        return steps.MoveToImmutable();
    }

    private static ImmutableHashSet<string> AcceptedChecks(PlanDocument plan, LookupScope scope) =>
    [
        .. plan.Overrides.Accept,
        .. plan.Steps
            .Select(step => step.Arguments.ResolveForPreview(scope))
            .OfType<IAcceptsChecks>()
            .SelectMany(arguments => arguments.Accept),
    ];
}
