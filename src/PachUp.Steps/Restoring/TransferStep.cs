using System.Globalization;
using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Steps.Extracting;
using PachUp.Steps.LeavingBehind;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Backups;
using PachUp.Verification.Comparing;
using PachUp.Verification.Records;

namespace PachUp.Steps.Restoring;

/// <summary>
/// <c>pachyderm/transfer</c>: the direct stream. What the source extracts is written to an archive and sent to the target, rewritten, in one pass:
/// it takes as long as the slower of the two, and not as both. An interrupted transfer extracts again and sends only what has not arrived.
/// </summary>
internal sealed class TransferStep : IRevertibleStep<TransferStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments : IWritesFiles, IWritesArchive, IChoosesOutputs
    {
        /// <summary>Whether objects and tags are sent too; not needed where the target finds them in a copy of the bucket.</summary>
        public bool Objects { get; init; }

        /// <summary>The archive file that is written on the way.</summary>
        public required string To { get; init; }

        /// <summary>What happens to the output of pipelines; see <c>pachyderm/restore</c>.</summary>
        public OutputChoice Outputs { get; init; } = OutputChoice.Recompute;

        /// <summary>How many bytes of files that were put into open commits are kept at most; they are in no extract.</summary>
        public long OpenCommitBytes { get; init; } = 1024 * 1024 * 1024;

        /// <summary>
        /// How many bytes of finished output of pipelines are read end to end while the source answers, so that the output of the target can be compared
        /// with it after its workers ran. Of files beyond that, size and hash alone are kept.
        /// </summary>
        public long OutputBytes { get; init; } = OutputRecorder.DefaultBytes;

        /// <summary>When to give up waiting for a pipeline to stop.</summary>
        public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

        object IWritesFiles.Within(string directory) => this with { To = IWritesFiles.Move(To, directory) };
    }

    public string Name => "pachyderm/transfer";

    public string Summary => "Extracts the state of the source and restores it into the target in one pass, with the archive written on the way.";

    public StepTraits Traits { get; } = new() { IsSafeInRehearsal = true, FillsTarget = true };

    public Task<StepPreview> PreviewAsync(Arguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        var expected = context.Survey.Foresight.Expected;
        var what = arguments.Objects ? "metadata, objects and tags" : "metadata only";
        return Task.FromResult(new StepPreview(
            $"Streams {what} from {context.Source.Address} to {context.TargetRelease} at {context.Target.Address}: "
            + $"{Words.Count(expected.Repos.Length, "repo")}, {Words.Count(expected.Pipelines.Length, "pipeline")}, {Words.Count(expected.CountCommits(), "commit")}")
        {
            Effects =
            [
                new Effect("write", $"archive {ArchiveOwnership.Shown(arguments.To)}", "on the way, with what lies beside a backup"),
                new Effect("create", $"repos, pipelines, commits and branches on the target at {context.Target.Address}"),
                .. HeldBackPipelines.Preview(context),
            ],
            Notes =
            [
                .. SourceState.NoteOnOutputs(arguments.OutputBytes, context),
                "An inventory before and one after it must be equal. Where they are not, the target has to be deployed anew, because something else "
                    + "was sent than what the source holds.",
            ],
        });
    }

    public async Task<StepResult> ExecuteAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        ArchiveOwnership.Claim(arguments.To, execution);
        var source = await TakeSourceAsync(arguments, execution, cancellationToken);
        var client = execution.Target.Connect();
        var target = await TargetGuard.CheckAsync(client, source, execution, cancellationToken);
        await ObjectReach.ThrowIfMissingAsync(client, source, execution, cancellationToken);

        var stream = new TransferStream(arguments, source, execution);
        var expected = execution.Route.Foresee(source, target.Release, execution.Options).Expected;
        var job = new RestoreJob
        {
            Client = client,
            Target = target,
            Open = PipelinesAtResume.LeaveOut(
                token => execution.Route.CreateRewriter(source, target.Release, execution.Options).RewriteAsync(stream.Open(token), token),
                source,
                expected,
                execution),
            AfterFirstCommit = (commit, token) => ObjectReach.ThrowIfUnlistedAsync(client, commit, token),
            AfterPipelines = token => HeldBackPipelines.HoldBackAsync(client, expected, arguments.Timeout, execution, token),
        };
        var sent = await new RestoreSender(job, execution).SendAsync(cancellationToken);
        await CompleteAsync(arguments, source, stream, execution, cancellationToken);
        return new StepResult($"Sent {Words.Count(sent, "operation")}, and kept {Words.Bytes(new FileInfo(arguments.To).Length)} in the archive")
        {
            Outputs = NamedValues.Of(
                (OutputNames.Archive, Path.GetFullPath(arguments.To)),
                (OutputNames.Operations, sent.ToString(CultureInfo.InvariantCulture)),
                (OutputNames.Cluster, target.ClusterId)),
        };
    }

    public Task<StepResult> RevertAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        TargetStandstill.BringAboutAsync(arguments.Timeout, execution, cancellationToken);

    public string DescribeRollback(Arguments arguments, IStepExecution execution) => TargetStandstill.Description;

    /// <summary>An archive that an interrupted transfer completed is sent as it is, so the source is not looked at again.</summary>
    private static async Task<ClusterInventory> TakeSourceAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (!File.Exists(arguments.To))
        {
            return await SourceState.KeepAsync(await SourceState.TakeAsync(execution, cancellationToken), execution, cancellationToken);
        }

        await ArchiveCheck.ThrowIfDamagedAsync(arguments.To, execution, cancellationToken);
        return await InventoryFile.ReadAsync(Path.Combine(execution.RunDirectory, RecordFiles.ExtractedSource), cancellationToken);
    }

    private static async Task CompleteAsync(
        Arguments arguments, ClusterInventory source, TransferStream stream, IStepExecution execution, CancellationToken cancellationToken)
    {
        var moved = await SourceState.MovedSinceAsync(source, execution, cancellationToken);
        if (!moved.IsEmpty)
        {
            BackupFiles.Delete(arguments.To);
            throw new StepFailedException(
                $"the source changed while it was transferred: {SourceState.Describe(moved)}",
                "Find out who writes to the cluster (a client, a cron pipeline, an ingress) and keep it out; deploy the target again on fresh "
                    + "metadata storage; then resume the run. The source is complete.");
        }

        if (stream.Manifest is { } manifest)
        {
            ExtractCompleteness.ThrowIfShort(source, manifest.Summary, arguments.Objects);
        }

        await SourceState.RecordOutputsAsync(source, arguments.OutputBytes, execution, cancellationToken);
        BackupFiles.KeepBeside(arguments.To, execution.RunDirectory, source);
        await new LeftBehindKeeper(execution.Source.Connect(), execution.RunDirectory, execution.Progress)
            .KeepAsync(source, arguments.OpenCommitBytes, cancellationToken);
    }
}
