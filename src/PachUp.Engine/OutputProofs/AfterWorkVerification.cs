using System.Collections.Immutable;
using PachUp.Common.Files;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.Runs.Reports;
using PachUp.Engine.Runs.Reports.Markdown;
using PachUp.Engine.State;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Verification;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Records;

namespace PachUp.Engine.OutputProofs;

/// <summary>
/// The second part of the verification of a run: waits for the workers of the target, reads all output from end to end, and compares it with the
/// output of the source. It uses only public calls, and changes nothing on a cluster.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="plan">The plan of the run, from <see cref="RunRecord.ReadToVerifyAsync"/>.</param>
/// <param name="options">How long to wait, and which output may differ.</param>
public sealed class AfterWorkVerification(RunDirectory run, PlannedMigration plan, AfterWorkOptions options)
{
    private const string DatumsCheck = "datums-again";

    /// <summary>Waits, compares, and saves the report in the directory of the run.</summary>
    /// <param name="progress">Receives the progress of waiting and comparing.</param>
    /// <param name="cancellationToken">Stops the verification.</param>
    /// <exception cref="StepFailedException">The run recorded no output, or a different cluster answers.</exception>
    /// <exception cref="PachdException">The target does not answer.</exception>
    public async Task<AfterWorkReport> RunAsync(IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var outputs = SourceOutputs.TryRead(run.Path) ?? throw NothingRecorded();
        ThrowIfUnknown(options.Accepted.Except(outputs.Heads.Select(head => head.Pipeline)));
        var client = plan.Clusters.Target.Connect();
        await ThrowIfAnotherClusterAsync(client, cancellationToken);
        var matches = await WaitAsync(outputs, client, progress, cancellationToken);

        var jobs = await client.ListJobsAsync(cancellationToken).Select(JobRecord.Of).ToListAsync(cancellationToken);
        var before = JsonFile.TryRead<UncarriedRecord>(run.File(RecordFiles.LeftBehind))?.Jobs;
        var comparison = new OutputComparison(new RecordedFiles(run.Path), new OutputFiles(client), await TrySourceAsync(cancellationToken), progress);
        var failed = (await client.ListPipelinesAsync(cancellationToken))
            .Where(pipeline => pipeline.State == PipelineState.PipelineFailure)
            .ToDictionary(pipeline => pipeline.Pipeline.Name, pipeline => pipeline.Reason);
        var judge = new OutputJudge(comparison, OutputJudge.ByOutput(before ?? []), OutputJudge.ByOutput(jobs), failed, options.Accepted);
        var verdicts = ImmutableArray.CreateBuilder<OutputVerdict>(matches.Count);
        foreach (var match in matches)
        {
            verdicts.Add(await judge.JudgeAsync(match, cancellationToken));
        }

        return Keep(new AfterWorkReport
        {
            Time = options.Time.GetUtcNow(),
            Outputs = verdicts.ToImmutable(),
            Work = PipelineWork.Of(jobs, before),
            Planned = plan.Preview.Findings.FirstOrDefault(finding => finding.Check == DatumsCheck)?.Result.Found,
        });
    }

    private async Task<IReadOnlyList<OutputMatch>> WaitAsync(
        SourceOutputs outputs, PachdClient client, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var source = await InventoryFile.ReadAsync(run.File(RecordFiles.ExtractedSource), cancellationToken);
        var stopped = source.Pipelines.Where(pipeline => pipeline.Stopped).Select(pipeline => pipeline.Name).ToHashSet(StringComparer.Ordinal);
        var target = await InventoryReader.ReadAsync(
            client, InventoryOptions.MetadataOnly, progress.OfInventory(), cancellationToken);
        var matches = outputs.Heads.Select(LoadedCommits.Translation(run.Path)).Select(head => Explain(OutputMatch.Find(head, target), target, stopped));
        return await new WorkerWait(client, stopped, options.Time, progress).WaitAsync([.. matches], options.Timeout, cancellationToken);
    }

    /// <summary>A pipeline that is stopped on both clusters has no output on the target. That is expected.</summary>
    private static OutputMatch Explain(OutputMatch match, ClusterInventory target, HashSet<string> stoppedOnSource) =>
        match is { Commit: null, Obstacle.IsHarmless: false } && stoppedOnSource.Contains(match.Head.Pipeline) && target.FindPipeline(match.Head.Pipeline) is { Stopped: true }
            ? match with { Obstacle = Obstacle.Harmless("it is stopped, as it was on the source. It computes nothing until you start it") }
            : match;

    private async Task ThrowIfAnotherClusterAsync(PachdClient client, CancellationToken cancellationToken)
    {
        var verified = await InventoryFile.ReadAsync(run.File(RecordFiles.Target), cancellationToken);
        var found = await client.GetClusterIdAsync(cancellationToken);
        if (found != verified.ClusterId)
        {
            throw new StepFailedException(
                $"cluster {found} answers at {client.Address}, but the target of the run is cluster {verified.ClusterId}",
                "Check the address. It must be the address of the target of the run.");
        }
    }

    /// <summary>The source, if it has its own address and still answers.</summary>
    private async Task<OutputFiles?> TrySourceAsync(CancellationToken cancellationToken)
    {
        if (plan.Preview.IsInPlace)
        {
            return null;
        }

        try
        {
            var source = plan.Clusters.Source.Connect();
            return await source.GetClusterIdAsync(cancellationToken) == plan.Preview.Source.ClusterId ? new OutputFiles(source) : null;
        }
        catch (PachdException)
        {
            // The source may be gone. Then the recorded output is compared.
            return null;
        }
    }

    private AfterWorkReport Keep(AfterWorkReport report)
    {
        JsonFile.Write(run.File(RecordFiles.AfterWork), report);
        PrivateFile.Replace(run.File(RunFiles.Report), System.Text.Encoding.UTF8.GetBytes(MarkdownReport.Write(RunReport.Read(run))));
        return report;
    }

    private StepFailedException NothingRecorded() => new(
        $"run {run.Id} recorded no output of the source, so the output of the target cannot be compared",
        "Only runs that extract or transfer with this version of PachUp or later record output. If the source still answers, compare the output by hand.");

    private static void ThrowIfUnknown(IEnumerable<string> pipelines)
    {
        if (pipelines.FirstOrDefault() is { } unknown)
        {
            throw StepFailedException.Refused($"this run has no output of a pipeline \"{unknown}\"", "Give --accept a pipeline name from the report.");
        }
    }
}

/// <summary>Options for the verification of output after the workers have run.</summary>
public sealed record AfterWorkOptions
{
    /// <summary>The default of <see cref="Timeout"/>.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromHours(1);

    /// <summary>The longest time to wait for workers.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>The pipelines whose output may differ, because their code writes times or random numbers.</summary>
    public ImmutableHashSet<string> Accepted { get; init; } = [];

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
