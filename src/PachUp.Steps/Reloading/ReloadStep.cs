using System.Collections.Immutable;
using System.Globalization;
using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Steps.Extracting;
using PachUp.Steps.Restoring;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Records;

namespace PachUp.Steps.Reloading;

/// <summary>
/// <c>pachyderm/reload</c>: creates the repos and pipelines of the source on the target, and loads the files of branch heads into new commits. The
/// source may continue to work: the step uses the heads at the moment when it starts, and finished commits never change.
/// </summary>
internal sealed class ReloadStep : IRevertibleStep<ReloadStep.Arguments>
{
    private const string AllBranches = "all";
    private const int MostAtATime = 64;

    /// <summary>What the step takes.</summary>
    public sealed record Arguments
    {
        /// <summary>The branches whose files are loaded, as <c>repo@branch</c>, separated by commas; <c>all</c> for every branch.</summary>
        public string Branches { get; init; } = AllBranches;

        /// <summary>How many files are loaded at the same time; 1 to 64.</summary>
        public int Parallel { get; init; } = 8;

        /// <summary>
        /// The largest number of bytes of finished pipeline output to read from the source, so that it can be compared with the output of the
        /// target's
        /// workers later. Of files beyond this limit only size and hash are kept.
        /// </summary>
        public long OutputBytes { get; init; } = OutputRecorder.DefaultBytes;

        /// <summary>How long to wait for a pipeline to stop.</summary>
        public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
    }

    public string Name => "pachyderm/reload";

    public string Summary => "Creates repos and pipelines on the target and loads the files of branch heads, without their history.";

    public StepTraits Traits { get; } = new() { IsSafeInRehearsal = true };

    public async Task<StepPreview> PreviewAsync(Arguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        var branches = ChosenBranches(arguments, context.Survey.Source, context);
        await LoadableNames.ThrowIfRefusedAsync(context.Source.Connect(), branches, context.TargetRelease, cancellationToken);
        var expected = context.Survey.ExpectedTarget.Inventory;
        return new StepPreview(
            $"Creates {Words.Count(expected.Repos.Length, "repo")} and {Words.Count(expected.Pipelines.Length, "pipeline")} on {context.TargetRelease}, "
            + $"and loads the files of {Words.Count(branches.Length, "branch head")} into one new commit each")
        {
            Effects =
            [
                .. branches.Select(branch => new Effect("load", $"files of {branch}", $"commit {branch.Head}")),
                .. HeldBackPipelines.Preview(context),
            ],
            Notes =
            [
                "History and provenance of commits are not carried; pipelines compute their output again.",
                "Each file is hashed while it is read from the source, and compared with what the target returns.",
                .. SourceState.NoteOnOutputs(arguments.OutputBytes, context),
                .. NotesOnHeaders(context.Survey.Source.Headers, branches),
            ],
        };
    }

    public async Task<StepResult> ExecuteAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (arguments.Parallel is < 1 or > MostAtATime)
        {
            throw StepFailedException.Refused($"\"parallel\" is {arguments.Parallel}", $"Give a number from 1 to {MostAtATime}.");
        }

        var source = await TakeSourceAsync(arguments, execution, cancellationToken);
        var client = execution.Target.Connect();
        var target = await TargetGuard.CheckAsync(client, source, execution, cancellationToken);
        await new RestoreSender(FrameOf(client, target, source, arguments, execution), execution).SendAsync(cancellationToken);

        var ledger = new ReloadLedger(execution, target.ClusterId);
        var branches = ChosenBranches(arguments, source, execution);
        var bytes = branches.Sum(branch => source.FindRepo(branch.Repo)?.FindCommit(branch.Head)?.SizeBytes ?? 0);
        var loader = new BranchLoader(execution.Source.Connect(), client, ledger, bytes, arguments.Parallel, execution.Progress);
        var loaded = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var branch in branches)
        {
            loaded[$"{branch.Repo}@{branch.Head}"] = $"{branch.Repo}@{await loader.LoadAsync(branch, IsEmpty(source, branch), cancellationToken)}";
        }

        LoadedCommits.Write(execution.RunDirectory, loaded);
        await SourceState.RecordOutputsAsync(source, arguments.OutputBytes, execution, cancellationToken);
        var (files, sent) = ledger.Total;
        return new StepResult($"Loaded {Words.Count(files, "file")}, {Words.Bytes(sent)}, and read them back")
        {
            Outputs = NamedValues.Of(("files", files.ToString(CultureInfo.InvariantCulture)), ("bytes", sent.ToString(CultureInfo.InvariantCulture))),
        };
    }

    public Task<StepResult> RevertAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        TargetPipelineStop.StopAllAsync(arguments.Timeout, execution, cancellationToken);

    public string DescribeRollback(Arguments arguments, IStepExecution execution) => TargetPipelineStop.Description;

    /// <summary>Repos and pipelines without commits: the rewriter's output for an empty stream.</summary>
    private static RestoreJob FrameOf(
        PachdClient client, TargetState target, ClusterInventory source, Arguments arguments, IStepExecution execution) => new()
        {
            Client = client,
            Target = target,
            Open = PipelinesAtResume.LeaveOut(
                token => execution.Route.CreateRewriter(source, target.Release, execution.Options)
                    .RewriteAsync(AsyncEnumerable.Empty<Operation>(), token)
                    .Where(operation => operation.Kind is OperationKind.Repo or OperationKind.Pipeline),
                source,
                execution.Survey.ExpectedTarget.Inventory,
                execution),
            AfterPipelines = token => HeldBackPipelines.HoldBackAsync(
                client, execution.Survey.ExpectedTarget.Inventory, arguments.Timeout, execution, token),
        };

    /// <summary>A resumed reload uses the heads with which it started.</summary>
    private static async Task<ClusterInventory> TakeSourceAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var path = Path.Combine(execution.RunDirectory, RecordFiles.ExtractedSource);
        if (File.Exists(path))
        {
            return await InventoryFile.ReadAsync(path, cancellationToken);
        }

        var inventory = await SourceState.TakeInventoryAsync(execution, cancellationToken);
        var loaded = ChosenBranches(arguments, inventory, execution).Select(branch => branch.Head).ToHashSet(StringComparer.Ordinal);
        var source = inventory with { Probes = [.. inventory.Probes.Where(probe => loaded.Contains(probe.Commit))] };
        await InventoryFile.WriteAsync(path, source, cancellationToken);
        return source;
    }

    private static ImmutableArray<LoadedBranch> ChosenBranches(Arguments arguments, ClusterInventory source, IStepContext context)
    {
        var all = context.Purpose == PlanPurpose.Reload
            ? context.Route.PredictTarget(source, context.TargetRelease, context.Options).LoadedBranches
            : throw StepFailedException.Refused(
                "pachyderm/reload loads files without their history, but the plan does not announce this",
                "Change the plan's kind to ReloadPlan, or use pachyderm/restore.");
        if (arguments.Branches == AllBranches)
        {
            return all;
        }

        var wanted = arguments.Branches.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var known = all.Select(branch => branch.ToString()).ToList();
        return wanted.FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? throw StepFailedException.Refused(
                $"the source has no branch \"{unknown}\" with files to load",
                NearestName.Of(unknown, known) is { } nearest ? $"Did you mean \"{nearest}\"?" : $"Branches with files: {Words.FirstOf(known, most: 20)}.")
            : [.. all.Where(branch => wanted.Contains(branch.ToString()))];
    }

    private static IEnumerable<string> NotesOnHeaders(HeaderSurvey? headers, ImmutableArray<LoadedBranch> branches)
    {
        var heads = branches.Select(branch => branch.Head).ToHashSet(StringComparer.Ordinal);
        var headed = headers?.Directories.Count(directory => heads.Contains(directory.Commit)) ?? 0;
        return headed == 0 ? [] : [$"{Words.Count(headed, "directory")} share a header or a footer: PachUp writes it into each of their files."];
    }

    private static bool IsEmpty(ClusterInventory source, LoadedBranch branch) =>
        source.FindRepo(branch.Repo)?.Commits.FirstOrDefault(commit => commit.Id == branch.Head) is { SizeBytes: 0 }
        && !source.Probes.Any(probe => probe.Commit == branch.Head);
}
