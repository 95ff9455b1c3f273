using System.Collections.Immutable;
using System.Globalization;
using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Records;

namespace PachUp.Verification.AfterWork;

/// <summary>The result of comparing the output of the target with that of the source after the target's workers have run.</summary>
public sealed record AfterWorkReport
{
    /// <summary>When the comparison was made.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The result for the output of each pipeline, branch by branch.</summary>
    public ImmutableArray<OutputVerdict> Outputs { get; init; } = [];

    /// <summary>The jobs and datums of the target, by pipeline.</summary>
    public ImmutableArray<PipelineWork> Work { get; init; } = [];

    /// <summary>What the plan said about datums that are processed again; null if it said nothing.</summary>
    public string? Planned { get; init; }

    /// <summary>The work of the target in one sentence, together with what the plan said.</summary>
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

    /// <summary>The overall result.</summary>
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

/// <summary>The result for the output on one branch of a pipeline.</summary>
public sealed record OutputVerdict
{
    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The branch, by its name on the source.</summary>
    public required string Branch { get; init; }

    /// <summary>The outcome.</summary>
    public required OutputOutcome Outcome { get; init; }

    /// <summary>The reason for the outcome; empty if it needs none.</summary>
    public string Why { get; init; } = "";

    /// <summary>The commit of the source.</summary>
    public required string SourceCommit { get; init; }

    /// <summary>The commit of the target that was computed from the same inputs; null if there is none.</summary>
    public string? TargetCommit { get; init; }

    /// <summary>The number of files on the source.</summary>
    public long Files { get; init; }

    /// <summary>The number of these files that the target has, either with equal bytes or with an explained difference.</summary>
    public long Equal { get; init; }

    /// <summary>The number of bytes that were read from the target.</summary>
    public long BytesRead { get; init; }

    /// <summary>Files that are missing or cannot be read; at most 1000.</summary>
    public ImmutableArray<InventoryItem> Lost { get; init; } = [];

    /// <summary>Files with other content; at most 1000.</summary>
    public ImmutableArray<InventoryItem> Changed { get; init; } = [];

    /// <summary>Files with an explained difference; at most 1000.</summary>
    public ImmutableArray<InventoryItem> Explained { get; init; } = [];

    /// <summary><c>edges@master</c>.</summary>
    public override string ToString() => $"{Pipeline}@{Branch}";
}

/// <summary>The possible results for the output on a branch.</summary>
public enum OutputOutcome
{
    /// <summary>All files exist with equal bytes.</summary>
    Equal,

    /// <summary>All files exist; every difference is explained.</summary>
    Explained,

    /// <summary>The output cannot be compared, for a reason that is not a loss.</summary>
    NotCompared,

    /// <summary>The output is not proved yet: the workers have not finished, or a pipeline that should run does not run.</summary>
    NotProved,

    /// <summary>A file is missing, cannot be read, or has other content.</summary>
    Lost,
}

/// <summary>The jobs of a pipeline of the target.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Jobs">How many jobs it has.</param>
/// <param name="Failed">How many of them failed or were killed.</param>
/// <param name="Unfinished">How many of them have not ended.</param>
/// <param name="Datums">The datums of all its jobs.</param>
/// <param name="OnSource">The datums of all its jobs on the source; null if they were not kept.</param>
public sealed record PipelineWork(string Pipeline, int Jobs, int Failed, int Unfinished, DatumCounts Datums, DatumCounts? OnSource)
{
    private const string Success = "success";
    private const string Failure = "failure";
    private const string Killed = "killed";

    /// <summary>Whether a job failed, or was killed.</summary>
    internal static bool HasFailed(JobRecord job) => job.State is Failure or Killed;

    /// <summary>Counts the jobs of each pipeline.</summary>
    /// <param name="target">The jobs of the target.</param>
    /// <param name="source">The jobs of the source; null if they were not kept.</param>
    internal static ImmutableArray<PipelineWork> Of(IEnumerable<JobRecord> target, IEnumerable<JobRecord>? source)
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
    internal static DatumCounts Sum(IEnumerable<DatumCounts> all) => all.Aggregate(
        new DatumCounts(0, 0, 0, 0),
        (sum, datums) => new DatumCounts(
            sum.Processed + datums.Processed, sum.Skipped + datums.Skipped, sum.Failed + datums.Failed, sum.Total + datums.Total));
}
