using PachUp.Common.Files;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs;
using PachUp.Engine.State;
using PachUp.Sdk;
using PachUp.Verification.LateWrites;

namespace PachUp.Model.Sandboxes;

/// <summary>A backup for trying a plan that restores one. The shipped backup plan makes it from a temporary sandbox.</summary>
internal sealed class SampleBackup : IDisposable
{
    private const string Plan = "pachyderm-backup";

    private readonly DirectoryInfo _directory = PrivateDirectory.CreateTemporary("pachup-backup-");

    /// <summary>The archive file of the backup.</summary>
    public string Path => System.IO.Path.Combine(_directory.FullName, "backup.pachx");

    /// <summary>Makes the backup.</summary>
    /// <param name="migrations">Makes the plan.</param>
    /// <param name="archive">The archive for the sandbox.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StepFailedException">The backup could not be made.</exception>
    public static async Task<SampleBackup> MakeAsync(MigrationPlanner migrations, string archive, CancellationToken cancellationToken)
    {
        var backup = new SampleBackup();
        try
        {
            await backup.FillAsync(migrations, archive, cancellationToken);
            return backup;
        }
        catch
        {
            backup.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => TryRemove.Directory(_directory.FullName);

    private async Task FillAsync(MigrationPlanner migrations, string archive, CancellationToken cancellationToken)
    {
        var document = migrations.Load(Plan, new PlanOverrides { Set = [$"archive={Path}"] });
        await using var clusters = await SandboxClusters.StartAsync(document, archive, cancellationToken);
        await using var plan = await migrations.PlanAsync(Plan, clusters.OverridesOf(document), clusters.Platform, cancellationToken);
        var state = new StateDirectory(System.IO.Path.Combine(_directory.FullName, "state"));
        var result = await new Runner(state, TimeProvider.System).ApplyAsync(plan, new NoObserver(), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (result.Failure is { } failure)
        {
            throw failure;
        }
    }

    private sealed class NoObserver : IRunObserver
    {
        public void RunStarted(RunDirectory run)
        {
        }

        public void Noted(string text)
        {
        }

        public void StepStarted(string step, int number, int count)
        {
        }

        public void Progressed(string step, StepProgress progress)
        {
        }

        public void LateWritesFound(LateWriteReport report)
        {
        }

        public void StepEnded(StepOutcome outcome)
        {
        }
    }
}
