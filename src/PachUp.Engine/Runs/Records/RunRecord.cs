using PachUp.Common.Files;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Locks;
using PachUp.Engine.State;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Records;

namespace PachUp.Engine.Runs.Records;

/// <summary>Stores the plan of a run, so that the run can be resumed with exactly the plan that was shown.</summary>
public static class RunRecord
{
    private const string Overrides = "overrides.json";

    /// <summary>The id of the job that started a run; null if it was none, or it is not known.</summary>
    public static string? TryReadJob(RunDirectory run) => RunOrigin.TryRead(run)?.Job;

    /// <summary>The directory for locks that a run was given; null for that of the machine, or if it is not known.</summary>
    public static string? TryReadLockDirectory(RunDirectory run)
    {
        try
        {
            return RunOrigin.TryRead(run)?.LockDirectory;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It completes a command for the user, which must be shown in any case.
            return null;
        }
    }

    /// <summary>Writes the plan, the changes from the command line, the preview, the forecast and the inventory into the directory of the run.</summary>
    internal static async Task WriteAsync(RunDirectory run, PlannedMigration plan, DowntimeForecast? forecast, LockOptions locks, CancellationToken cancellationToken)
    {
        PrivateFile.Replace(run.File(RunFiles.PlanCopy), System.Text.Encoding.UTF8.GetBytes(plan.Document.Text));
        JsonFile.Write(run.File(Overrides), plan.OverridesWithAddresses());
        JsonFile.Write(run.File(RunFiles.Preview), plan.Preview);
        RunOrigin.Write(run, plan, locks);
        if (forecast is not null)
        {
            JsonFile.Write(run.File(RunFiles.Forecast), forecast);
        }

        await InventoryFile.WriteAsync(run.File(RecordFiles.SurveyedSource), plan.RequireContext().Survey.Source, cancellationToken);
    }

    /// <summary>The preview of a run.</summary>
    /// <exception cref="FormatException">The run's files are damaged or missing.</exception>
    public static PlanPreview ReadPreview(RunDirectory run) =>
        JsonFile.TryRead<PlanPreview>(run.File(RunFiles.Preview)) ?? throw Missing(run, RunFiles.Preview);

    /// <summary>The changes from the command line when the run started, with the addresses that were found.</summary>
    /// <exception cref="FormatException">The run's files are damaged or missing.</exception>
    public static PlanOverrides ReadOverrides(RunDirectory run) => JsonFile.TryRead<PlanOverrides>(run.File(Overrides)) ?? throw Missing(run, Overrides);

    /// <summary>Reads the plan of a run, to resume it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="request">A request whose document is the run's <see cref="RunFiles.PlanCopy"/> with its <see cref="ReadOverrides"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="FormatException">The run's files are damaged or missing.</exception>
    /// <exception cref="RunChangedException">The plan, a plugin or a cluster changed after the run started.</exception>
    public static Task<PlannedMigration> ReadToResumeAsync(RunDirectory run, PlanRequest request, CancellationToken cancellationToken) =>
        ReadAsync(
            run,
            request,
            async (origin, plan, state) =>
                [.. origin.DifferencesTo(RunOrigin.Of(plan)), .. await ClusterIdentity.FindOthersAsync(plan, state, cancellationToken)],
            cancellationToken);

    /// <summary>Reads the plan of a run, to roll it back. Plugins may have changed since the run started.</summary>
    /// <inheritdoc cref="ReadToResumeAsync"/>
    public static Task<PlannedMigration> ReadToRollBackAsync(RunDirectory run, PlanRequest request, CancellationToken cancellationToken) =>
        ReadAsync(
            run,
            request,
            async (origin, plan, state) =>
            [
                .. (origin with { Plugins = [] }).DifferencesTo(RunOrigin.Of(plan)),
                .. await ClusterIdentity.FindOtherSourceAsync(plan, state, cancellationToken),
            ],
            cancellationToken);

    /// <summary>Reads the plan of a run, to verify its target. Plugins may have changed since the run started, and the source may be gone.</summary>
    /// <inheritdoc cref="ReadToResumeAsync"/>
    public static Task<PlannedMigration> ReadToVerifyAsync(RunDirectory run, PlanRequest request, CancellationToken cancellationToken) =>
        ReadAsync(
            run,
            request,
            (origin, plan, _) => Task.FromResult<IReadOnlyList<RunDifference>>([.. (origin with { Plugins = [] }).DifferencesTo(RunOrigin.Of(plan))]),
            cancellationToken);

    private static async Task<PlannedMigration> ReadAsync(
        RunDirectory run,
        PlanRequest request,
        Func<RunOrigin, PlannedMigration, RunState, Task<IReadOnlyList<RunDifference>>> compare,
        CancellationToken cancellationToken)
    {
        var origin = RunOrigin.Read(run);
        var state = RunState.Of(Journal.Read(run.File(RunFiles.Journal)));
        var surveyed = await InventoryFile.ReadAsync(run.File(RecordFiles.SurveyedSource), cancellationToken);
        var plan = await Planner.RestoreAsync(request, ReadPreview(run), surveyed, cancellationToken);
        try
        {
            var differences = await compare(origin, plan, state);
            return differences.Count == 0 ? plan : throw new RunChangedException(run, differences);
        }
        catch
        {
            await plan.DisposeAsync();
            throw;
        }
    }

    private static FormatException Missing(RunDirectory run, string file) => new($"run {run.Id} cannot continue: its file \"{run.File(file)}\" is missing");
}
