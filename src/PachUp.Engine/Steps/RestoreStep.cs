using System.Globalization;
using System.Runtime.CompilerServices;
using PachUp.Engine.Restoring;
using PachUp.Engine.Runs;
using PachUp.Engine.Verification;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Steps;

/// <summary>
/// <c>pachyderm/restore</c>: sends the archive, rewritten for the target, in bounded calls. Between the pipelines and the first commit the pipelines
/// that were stopped on the source are stopped, so that nothing of theirs is computed, and so are those with cron inputs until the end of the run,
/// because a tick in the middle would get between the commits that arrive.
/// </summary>
internal sealed class RestoreStep : IRevertibleStep<RestoreStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments : IFileArguments
    {
        /// <summary>The archive file.</summary>
        public required string From { get; init; }

        /// <summary>
        /// What happens to the output of pipelines: <c>recompute</c> lets the target compute it again; <c>keep</c> carries output commits as they
        /// are to releases that can be given them whole (1.9.6 and later).
        /// </summary>
        public OutputChoice Outputs { get; init; } = OutputChoice.Recompute;

        /// <summary>When to give up waiting for a pipeline to stop.</summary>
        public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

        object IFileArguments.Within(string directory) => this with { From = IFileArguments.Move(From, directory) };
    }

    /// <summary>The output that names the cluster that was restored into.</summary>
    public const string ClusterOutput = "cluster";

    public string Name => "pachyderm/restore";

    public string Summary => "Checks the archive whole, then sends it to the target, rewritten for its release.";

    public Task<StepPreview> PreviewAsync(Arguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        var expected = context.Survey.Foresight.Expected;
        var generation = context.Route.GenerationFor(context.TargetRelease).ToLineText();
        var stopped = expected.Pipelines.Where(pipeline => pipeline.Stopped).Select(pipeline => pipeline.Name);
        var cron = expected.Pipelines.Where(HasCronInput).Where(pipeline => !pipeline.Stopped).Select(pipeline => pipeline.Name);
        return Task.FromResult(new StepPreview(
            $"Sends {Words.Count(expected.Repos.Length, "repo")}, {Words.Count(expected.Pipelines.Length, "pipeline")} and "
            + $"{Words.Count(expected.CountCommits(), "commit")} to {context.TargetRelease}, as operations of {generation}")
        {
            Effects =
            [
                new Effect("read", $"archive {arguments.From}", "checked whole before the first operation is sent"),
                new Effect("create", $"repos, pipelines, commits and branches on the target at {context.Target.Address}"),
                .. stopped.Select(name => new Effect("stop", $"pipeline {name}", "was stopped on the source; stopped before the first commit arrives")),
                .. cron.Select(name => new Effect("hold back", $"pipeline {name}", "has a cron input; started when everything has arrived")),
            ],
        });
    }

    public async Task<StepResult> ExecuteAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        await CheckArchiveAsync(arguments.From, execution, cancellationToken);
        var source = await ReadSourceAsync(execution, cancellationToken);
        var client = execution.Target.Connect();
        var target = await TargetGuard.CheckAsync(client, source, execution, cancellationToken);
        await ObjectReach.ThrowIfMissingAsync(client, source, execution, cancellationToken);

        var sent = await new RestoreSender(JobOf(client, target, source, arguments, execution), execution).SendAsync(cancellationToken);
        return new StepResult($"Sent {Words.Count(sent, "operation")}")
        {
            Outputs = StepOutputs.Of(("operations", sent.ToString(CultureInfo.InvariantCulture)), (ClusterOutput, target.ClusterId)),
        };
    }

    public Task<StepResult> RevertAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        TargetStandstill.BringAboutAsync(arguments.Timeout, execution, cancellationToken);

    public string DescribeRollback(Arguments arguments, IStepExecution execution) => TargetStandstill.Description;

    private static async Task CheckArchiveAsync(string path, IStepExecution execution, CancellationToken cancellationToken)
    {
        var length = File.Exists(path) ? new FileInfo(path).Length : 0;
        var progress = new InlineProgress<long>(read =>
            execution.Progress.Report(new StepProgress("checking the archive", read, length, StepProgress.BytesUnit)));
        try
        {
            await ArchiveInspection.VerifyAsync(path, progress, cancellationToken);
        }
        catch (ArchiveCorruptException e)
        {
            throw new StepFailedException(
                $"the archive \"{path}\" cannot be restored: {e.Message}", "Nothing was sent. Extract again, or take a backup of the archive.", e);
        }
        catch (FileNotFoundException e)
        {
            throw new StepFailedException($"there is no archive \"{path}\"", "Extract first, or correct the path in the plan.", e);
        }
    }

    private static async Task<ClusterInventory> ReadSourceAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        var path = Path.Combine(execution.RunDirectory, RunFiles.ExtractedSource);
        return File.Exists(path)
            ? await InventoryFile.ReadAsync(path, cancellationToken)
            : throw new StepFailedException(
                $"this run has no inventory of the source (\"{path}\")",
                "A plan has to extract before it restores: the archive alone lacks what pachd's extract leaves out.");
    }

    private static RestoreJob JobOf(
        PachdClient client, TargetState target, ClusterInventory source, Arguments arguments, IStepExecution execution) => new()
        {
            Client = client,
            Target = target,
            Open = cancellationToken => execution.Route.CreateRewriter(source, target.Release, execution.Options)
                .RewriteAsync(ReadArchiveAsync(arguments.From, cancellationToken), cancellationToken),
            BetweenHalves = cancellationToken => HoldBackAsync(
                client, execution.Route.Foresee(source, target.Release, execution.Options).Expected, arguments.Timeout, execution, cancellationToken),
        };

    private static async IAsyncEnumerable<Operation> ReadArchiveAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var archive = File.OpenRead(path);
        await foreach (var operation in ArchiveReader.ReadAsync(archive, cancellationToken))
        {
            yield return operation;
        }
    }

    private static async Task HoldBackAsync(
        PachdClient client, ClusterInventory expected, TimeSpan timeout, IStepExecution execution, CancellationToken cancellationToken)
    {
        var cron = expected.Pipelines.Where(pipeline => !pipeline.Stopped && HasCronInput(pipeline)).Select(pipeline => pipeline.Name).ToList();
        HeldBackPipelines.Write(execution, cron);
        var stopped = expected.Pipelines.Where(pipeline => pipeline.Stopped).Select(pipeline => pipeline.Name);
        await PipelineSwitch.StopAsync(client, [.. stopped.Union(cron)], timeout, execution, cancellationToken);
    }

    private static bool HasCronInput(PipelineInventory pipeline) => PipelineInputs.Leaves(pipeline.Info.Input).Any(input => input.Cron is not null);
}

/// <summary>The pipelines that a run stops on the target until everything has arrived.</summary>
internal static class HeldBackPipelines
{
    public static IReadOnlyList<string> Read(IStepExecution execution) =>
        JsonFile.TryRead<List<string>>(Path.Combine(execution.RunDirectory, RunFiles.HeldBackPipelines)) ?? [];

    public static void Write(IStepExecution execution, IReadOnlyList<string> pipelines) =>
        JsonFile.Write(Path.Combine(execution.RunDirectory, RunFiles.HeldBackPipelines), pipelines);
}
