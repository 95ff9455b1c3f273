using System.Collections.Immutable;
using System.Globalization;
using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Records;

namespace PachUp.Verification.AfterWork;

/// <summary>What was found in the output of the target after its workers had run.</summary>
public sealed record AfterWorkReport
{
    /// <summary>When it was found.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What became of the output of each pipeline, branch by branch.</summary>
    public ImmutableArray<OutputVerdict> Outputs { get; init; } = [];

    /// <summary>The jobs and datums of the target, by pipeline.</summary>
    public ImmutableArray<PipelineWork> Work { get; init; } = [];

    /// <summary>What the plan said of datums that are processed again; null where it said nothing.</summary>
    public string? Planned { get; init; }

    /// <summary>The work of the target in one sentence, beside what the plan said.</summary>
    public string WorkSentence
    {
        get
        {
            var datums = PipelineWork.Sum(Work.Select(work => work.Datums));
            var done = $"{Words.Count(datums.Processed, "datum")} processed, {datums.Skipped.ToString("#,0", CultureInfo.InvariantCulture)} skipped, "
                + $"{datums.Failed.ToString("#,0", CultureInfo.InvariantCulture)} failed";
            return Planned is null ? $"{done}." : $"{done}. The plan said: {Planned}.";
        }
    }

    /// <summary>What all verdicts come to.</summary>
    public OutputProofState Outcome =>
        Outputs.Any(output => output.Outcome == OutputOutcome.Lost) ? OutputProofState.Lost
        : Outputs.Any(output => output.Outcome == OutputOutcome.NotProved) ? OutputProofState.NotYet
        : OutputProofState.Proved;

    /// <summary>The result in one sentence.</summary>
    public string Sentence => Outcome switch
    {
        OutputProofState.Lost => $"Output is lost or different: {Arrived}.",
        OutputProofState.NotYet => $"Output not yet proved: {Arrived}.",
        _ => $"Output is proved: {Arrived}.",
    };

    private string Arrived =>
        string.Create(CultureInfo.InvariantCulture, $"{Outputs.Sum(output => output.Equal):#,0}") + $" of {Words.Count(Outputs.Sum(output => output.Files), "file")} equal in {Words.Count(Outputs.Length, "output head")}";
}

/// <summary>What became of the output on one branch of a pipeline.</summary>
public sealed record OutputVerdict
{
    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The branch, as the source calls it.</summary>
    public required string Branch { get; init; }

    /// <summary>The outcome.</summary>
    public required OutputOutcome Outcome { get; init; }

    /// <summary>What explains the outcome; empty where it explains itself.</summary>
    public string Why { get; init; } = "";

    /// <summary>The commit of the source.</summary>
    public required string SourceCommit { get; init; }

    /// <summary>The commit of the target that was computed from the same inputs; null where there is none.</summary>
    public string? TargetCommit { get; init; }

    /// <summary>How many files the source has there.</summary>
    public long Files { get; init; }

    /// <summary>How many of them the target has: byte for byte, or as an explained difference.</summary>
    public long Equal { get; init; }

    /// <summary>How many bytes of the target were read.</summary>
    public long BytesRead { get; init; }

    /// <summary>What is missing or cannot be read, the first thousand.</summary>
    public ImmutableArray<InventoryItem> Lost { get; init; } = [];

    /// <summary>What has another content, the first thousand.</summary>
    public ImmutableArray<InventoryItem> Changed { get; init; } = [];

    /// <summary>Differences that are explained, the first thousand.</summary>
    public ImmutableArray<InventoryItem> Explained { get; init; } = [];

    /// <summary><c>edges@master</c>.</summary>
    public override string ToString() => $"{Pipeline}@{Branch}";
}

/// <summary>What can become of the output on a branch.</summary>
public enum OutputOutcome
{
    /// <summary>All files are there, byte for byte.</summary>
    Equal,

    /// <summary>All files are there; what differs is explained.</summary>
    Explained,

    /// <summary>It cannot be compared, for a reason that is no loss.</summary>
    NotCompared,

    /// <summary>It could not be proved yet: the workers have not finished, or a pipeline that has to run does not.</summary>
    NotProved,

    /// <summary>Something is missing, cannot be read, or has another content.</summary>
    Lost,
}

/// <summary>The jobs of a pipeline of the target.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Jobs">How many jobs it has.</param>
/// <param name="Failed">How many of them failed or were killed.</param>
/// <param name="Unfinished">How many of them have not ended.</param>
/// <param name="Datums">The datums of all its jobs.</param>
/// <param name="OnSource">The datums of all its jobs on the source; null where they were not kept.</param>
public sealed record PipelineWork(string Pipeline, int Jobs, int Failed, int Unfinished, LeftBehindDatums Datums, LeftBehindDatums? OnSource)
{
    private const string Success = "success";
    private const string Failure = "failure";
    private const string Killed = "killed";

    /// <summary>Whether a job failed, or was killed.</summary>
    internal static bool HasFailed(LeftBehindJob job) => job.State is Failure or Killed;

    /// <summary>Counts the jobs of each pipeline.</summary>
    /// <param name="target">The jobs of the target.</param>
    /// <param name="source">The jobs of the source; null where they were not kept.</param>
    internal static ImmutableArray<PipelineWork> Of(IEnumerable<LeftBehindJob> target, IEnumerable<LeftBehindJob>? source)
    {
        var before = source?.ToLookup(job => job.Pipeline);
        return
        [
            .. from job in target
               group job by job.Pipeline into jobs
               orderby jobs.Key
               select new PipelineWork(
                   jobs.Key,
                   jobs.Count(),
                   jobs.Count(HasFailed),
                   jobs.Count(job => job.State is not (Success or Failure or Killed)),
                   Sum(jobs.Select(job => job.Datums)),
                   before is null ? null : Sum(before[jobs.Key].Select(job => job.Datums))),
        ];
    }

    /// <summary>All datums together.</summary>
    internal static LeftBehindDatums Sum(IEnumerable<LeftBehindDatums> all) => all.Aggregate(
        new LeftBehindDatums(0, 0, 0, 0),
        (sum, datums) => new LeftBehindDatums(
            sum.Processed + datums.Processed, sum.Skipped + datums.Skipped, sum.Failed + datums.Failed, sum.Total + datums.Total));
}
