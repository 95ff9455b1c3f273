using System.Globalization;
using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Comparing;
using PachUp.Verification.Records;

namespace PachUp.Steps.Restoring;

/// <summary>
/// <c>pachyderm/restore</c>: sends the archive, rewritten for the target, in calls of limited size. As soon as the pipelines exist, it stops those
/// that were stopped on the source, so that they compute nothing. The resume step creates pipelines with cron inputs later, because a tick during
/// the restore would get between the restored commits.
/// </summary>
internal sealed class RestoreStep : IRevertibleStep<RestoreStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments : IWritesFiles, IChoosesOutputs
    {
        /// <summary>The archive file.</summary>
        public required string From { get; init; }

        /// <summary>
        /// What happens to the output of pipelines: with <c>recompute</c> the target computes it again; <c>keep</c> carries output commits unchanged,
        /// which
        /// 1.9.6 and later accept.
        /// </summary>
        public OutputChoice Outputs { get; init; } = OutputChoice.Recompute;

        /// <summary>How long to wait for a pipeline to stop.</summary>
        public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

        object IWritesFiles.Within(string directory) => this with { From = IWritesFiles.Move(From, directory) };
    }

    public string Name => "pachyderm/restore";

    public string Summary => "Checks the whole archive, then sends it to the target, rewritten for the target's release.";

    public StepTraits Traits { get; } = new() { IsSafeInRehearsal = true, FillsTarget = true };

    public Task<StepPreview> PreviewAsync(Arguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        var expected = context.Survey.ExpectedTarget.Inventory;
        var generation = context.Route.GenerationFor(context.TargetRelease).ToLineText();
        return Task.FromResult(new StepPreview(
            $"Sends {Words.Count(expected.Repos.Length, "repo")}, {Words.Count(expected.Pipelines.Length, "pipeline")} and "
            + $"{Words.Count(expected.CountCommits(), "commit")} to {context.TargetRelease}, as operations of {generation}")
        {
            Effects =
            [
                new Effect("read", $"archive {arguments.From}", "checked completely before the first operation is sent"),
                new Effect("create", $"repos, pipelines, commits and branches on the target at {context.Target.Address}"),
                .. HeldBackPipelines.Preview(context),
            ],
        });
    }

    public async Task<StepResult> ExecuteAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var archive = await ArchiveCheck.ThrowIfDamagedAsync(arguments.From, execution, cancellationToken);
        var source = await ReadSourceAsync(execution, cancellationToken);
        var client = execution.Target.Connect();
        var target = await TargetGuard.CheckAsync(client, source, execution, cancellationToken);
        await ObjectReach.ThrowIfMissingAsync(client, source, execution, cancellationToken);

        var expected = execution.Route.PredictTarget(source, target.Release, execution.Options).Inventory;
        var sent = await new RestoreSender(JobOf(client, target, source, expected, new ArchiveCount(archive.Operations), arguments, execution), execution).SendAsync(cancellationToken);
        await new OpenOutputFinisher(client, source, execution).FinishAsync(target.Release, cancellationToken);
        return new StepResult($"Sent {Words.Count(sent, "operation")}")
        {
            Outputs = NamedValues.Of((OutputNames.Operations, sent.ToString(CultureInfo.InvariantCulture)), (OutputNames.Cluster, target.ClusterId)),
        };
    }

    public Task<StepResult> RevertAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        TargetPipelineStop.StopAllAsync(arguments.Timeout, execution, cancellationToken);

    public string DescribeRollback(Arguments arguments, IStepExecution execution) => TargetPipelineStop.Description;

    private static async Task<ClusterInventory> ReadSourceAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        var path = Path.Combine(execution.RunDirectory, RecordFiles.ExtractedSource);
        return File.Exists(path)
            ? await InventoryFile.ReadAsync(path, cancellationToken)
            : throw new StepFailedException(
                $"this run has no inventory of the source (\"{path}\")",
                "Put an extract step before the restore step in the plan. The archive alone lacks the facts that pachd's extract leaves out.");
    }

    private static RestoreJob JobOf(
        PachdClient client,
        TargetState target,
        ClusterInventory source,
        ClusterInventory expected,
        ArchiveCount archive,
        Arguments arguments,
        IStepExecution execution) => new()
        {
            Client = client,
            Target = target,
            Count = archive,
            Open = PipelinesAtResume.LeaveOut(
                token => execution.Route.CreateRewriter(source, target.Release, execution.Options).RewriteAsync(archive.CountAsync(ArchiveOperations.ReadAsync(arguments.From, token)), token),
                source,
                expected,
                execution),
            AfterFirstCommit = (commit, token) => ObjectReach.ThrowIfUnlistedAsync(client, commit, token),
            AfterPipelines = token => HeldBackPipelines.HoldBackAsync(client, expected, arguments.Timeout, execution, token),
        };
}
