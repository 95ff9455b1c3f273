using PachUp.Cli;
using PachUp.Common.Files;
using PachUp.Common.Text;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Verification.LateWrites;
using PachUp.Verification.Records;
using PachUp.Views;

namespace PachUp.Commands.Clusters.Status;

/// <summary>Something that a run left and that the user has to decide about.</summary>
/// <param name="Run">The id of the run.</param>
/// <param name="Text">What it is, in one sentence.</param>
/// <param name="Next">The commands that go on with it.</param>
internal sealed record Attention(string Run, string Text, IReadOnlyList<NextCommand> Next)
{
    /// <summary>Everything that the runs of a state directory left, the newest first.</summary>
    /// <param name="state">The directory.</param>
    /// <param name="clusters">The clusters that answered: what a finished run stopped is told only where it is seen.</param>
    /// <param name="options">The options for the commands.</param>
    public static IReadOnlyList<Attention> Of(StateDirectory state, IReadOnlyCollection<ClusterStatus> clusters, IReadOnlyCollection<string> options) =>
        [.. state.ListRuns().Reverse().Select(run => TryFind(run, clusters, options)).OfType<Attention>()];

    private static Attention? TryFind(RunDirectory run, IReadOnlyCollection<ClusterStatus> clusters, IReadOnlyCollection<string> options)
    {
        try
        {
            var records = Journal.Read(run.File(RunFiles.Journal));
            var state = RunState.Of(records);
            return state switch
            {
                { HasStarted: false } or { IsRolledBack: true } => null,
                { RollbackStarted: false } when LateWriteReport.TryRead(run.Path) is { IsFound: true } late => new(
                    run.Id,
                    $"Run {run.Id} has late writes: {late.Summary}. {Describe(run)}.",
                    [.. CatchUpOf(run, options), .. state.CanResume ? [NextCommand.Resume(run, options), NextCommand.RollBack(run, options)] : Array.Empty<NextCommand>()]),
                { RollbackStarted: true } => new(run.Id, $"Run {run.Id} is only partly rolled back.", [NextCommand.RollBack(run, options)]),
                { AreClientsBack: true } => new(
                    run.Id, $"The clients of run {run.Id} were switched back to the source. {Describe(run)}.", [NextCommand.SwitchAgain(run, options), NextCommand.RollBack(run, options)]),
                { IsDone: false } => new(
                    run.Id, $"Run {run.Id} has not ended: {WhereItStopped(records)}. {Describe(run)}.", [NextCommand.Resume(run, options), NextCommand.RollBack(run, options)]),
                _ => StillStopped(run, clusters),
            };
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return new(run.Id, $"Run {run.Id} cannot be read: {e.Message}", []);
        }
    }

    private static IEnumerable<NextCommand> CatchUpOf(RunDirectory run, IReadOnlyCollection<string> options) =>
        CatchUps.AreOffered(RunRecord.ReadPreview(run)) ? [NextCommand.CatchUp(run, options)] : [];

    private static string Describe(RunDirectory run) => RunsView.Describe(RunRecord.ReadPreview(run));

    private static string WhereItStopped(IReadOnlyList<JournalRecord> records) => records.LastOrDefault(record => record.Step.Length > 0) switch
    {
        null => "no step was started",
        { Event: JournalEvent.StepDone } last => $"it stopped after step {last.Step}",
        { Event: JournalEvent.StepFailed } last => $"step {last.Step} failed",
        var last => $"it stopped in step {last.Step}",
    };

    /// <summary>The pipelines that a finished run stopped on a cluster that answered, and that are still stopped there.</summary>
    private static Attention? StillStopped(RunDirectory run, IReadOnlyCollection<ClusterStatus> clusters)
    {
        var paused = JsonFile.TryRead<List<string>>(run.File(RecordFiles.PausedPipelines)) ?? [];
        var source = RunRecord.ReadPreview(run).Source;
        var stopped = clusters.FirstOrDefault(cluster => cluster.ClusterId == source.ClusterId)?.StoppedPipelines.Intersect(paused).ToList() ?? [];
        return stopped.Count == 0 ? null : new(
            run.Id,
            $"{Words.Count(stopped.Count, "pipeline")} of {source.Name} {(stopped.Count == 1 ? "is" : "are")} stopped by run {run.Id}, which is finished: "
            + "the target does their work. Start them only if you give up the target.",
            []);
    }
}
