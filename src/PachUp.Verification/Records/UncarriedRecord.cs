using System.Collections.Immutable;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Verification.Records;

/// <summary>
/// Data that no release can carry. It is kept in the run directory (<c>left-behind.json</c>): times and descriptions of commits, jobs, logs, and the
/// files of open commits, which are in a folder beside it.
/// </summary>
public sealed record UncarriedRecord
{
    /// <summary>The version of the file format; so far 1.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>The release of the source.</summary>
    public required Release Release { get; init; }

    /// <summary>The id of the source.</summary>
    public required string ClusterId { get; init; }

    /// <summary>The repos and the times when they were created.</summary>
    public ImmutableArray<RepoRecord> Repos { get; init; } = [];

    /// <summary>Every commit, with its times and its description.</summary>
    public ImmutableArray<CommitRecord> Commits { get; init; } = [];

    /// <summary>The earlier specs of pipelines.</summary>
    public ImmutableArray<SpecRecord> Specs { get; init; } = [];

    /// <summary>Every job of every version of every pipeline.</summary>
    public ImmutableArray<JobRecord> Jobs { get; init; } = [];

    /// <summary>The last lines of each pipeline's log, if the server sends them quickly.</summary>
    public ImmutableArray<LogRecord> Logs { get; init; } = [];

    /// <summary>The open commits and their files.</summary>
    public ImmutableArray<OpenCommitRecord> OpenCommits { get; init; } = [];

    /// <summary>What could not be kept, and why.</summary>
    public ImmutableArray<string> NotKept { get; init; } = [];
}

/// <summary>When a repo was created.</summary>
/// <param name="Name">The repo.</param>
/// <param name="Created">When.</param>
public sealed record RepoRecord(string Name, DateTimeOffset? Created);

/// <summary>The facts about a commit that an extract does not contain.</summary>
/// <param name="Repo">Its repo.</param>
/// <param name="Id">Its id.</param>
/// <param name="Started">When it was started.</param>
/// <param name="Finished">When it was finished; null for an open commit.</param>
/// <param name="Description">Its description; may be empty.</param>
public sealed record CommitRecord(string Repo, string Id, DateTimeOffset? Started, DateTimeOffset? Finished, string Description);

/// <summary>An earlier spec of a pipeline.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Version">The pipeline's version with this spec.</param>
/// <param name="Commit">The commit of the spec.</param>
/// <param name="Committed">The time of the commit.</param>
/// <param name="Spec">All fields that the server kept, as JSON.</param>
public sealed record SpecRecord(string Pipeline, long Version, string Commit, DateTimeOffset? Committed, string Spec);

/// <summary>A job.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Pipeline">Its pipeline.</param>
/// <param name="PipelineVersion">The version of its pipeline.</param>
/// <param name="State">Its final or current state.</param>
/// <param name="Reason">The reason for the state; may be empty.</param>
/// <param name="Started">When it was started.</param>
/// <param name="Finished">When it ended; null for an unfinished job.</param>
/// <param name="OutputCommit">The id of its output commit; null for none.</param>
/// <param name="Datums">How many datums it processed, skipped and had in total.</param>
public sealed record JobRecord(
    string Id,
    string Pipeline,
    long PipelineVersion,
    string State,
    string Reason,
    DateTimeOffset? Started,
    DateTimeOffset? Finished,
    string? OutputCommit,
    DatumCounts Datums)
{
    /// <summary>The facts about a job that are kept.</summary>
    internal static JobRecord Of(JobInfo job) => new(
        job.Job?.Id ?? "",
        job.Pipeline?.Name ?? "",
        (long)job.PipelineVersion,
        JsonNamingPolicy.KebabCaseLower.ConvertName(job.State.ToString()).Replace("job-", "", StringComparison.Ordinal),
        job.Reason,
        TimeOf(job.Started),
        TimeOf(job.Finished),
        job.OutputCommit?.Id,
        new DatumCounts(job.DataProcessed, job.DataSkipped, job.DataFailed, job.DataTotal));

    private static DateTimeOffset? TimeOf(Timestamp? time) => time?.ToDateTimeOffset();
}

/// <summary>The datums of a job.</summary>
/// <param name="Processed">Datums that it processed.</param>
/// <param name="Skipped">Datums that an earlier job had processed.</param>
/// <param name="Failed">Datums that failed.</param>
/// <param name="Total">All of its datums.</param>
public sealed record DatumCounts(long Processed, long Skipped, long Failed, long Total);

/// <summary>The end of a pipeline's log.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Lines">The last lines, oldest first.</param>
public sealed record LogRecord(string Pipeline, ImmutableArray<string> Lines);

/// <summary>An open commit.</summary>
/// <param name="Repo">Its repo.</param>
/// <param name="Id">Its id.</param>
/// <param name="Files">Its files so far.</param>
public sealed record OpenCommitRecord(string Repo, string Id, ImmutableArray<OpenCommitFile> Files);

/// <summary>A file of an open commit.</summary>
/// <param name="Path">Its path in the commit.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="KeptAs">Its path in the run directory; null if it was not kept.</param>
public sealed record OpenCommitFile(string Path, long SizeBytes, string? KeptAs);

/// <summary>The number of things that cannot be carried.</summary>
/// <param name="Commits">Commits whose times are kept.</param>
/// <param name="Descriptions">Descriptions of commits.</param>
/// <param name="Specs">Earlier specs of pipelines.</param>
/// <param name="Jobs">Jobs.</param>
/// <param name="Logs">Pipelines whose log is kept.</param>
/// <param name="OpenCommits">Open commits.</param>
/// <param name="OpenFiles">Files of open commits that are kept.</param>
/// <param name="NotKept">What could not be kept, and why.</param>
public sealed record UncarriedCounts(
    int Commits, int Descriptions, int Specs, int Jobs, int Logs, int OpenCommits, int OpenFiles, ImmutableArray<string> NotKept)
{
    /// <summary>Counts the things that cannot be carried.</summary>
    public static UncarriedCounts Of(UncarriedRecord uncarried) => new(
        uncarried.Commits.Length,
        uncarried.Commits.Count(commit => commit.Description.Length > 0),
        uncarried.Specs.Length,
        uncarried.Jobs.Length,
        uncarried.Logs.Length,
        uncarried.OpenCommits.Length,
        uncarried.OpenCommits.Sum(commit => commit.Files.Count(file => file.KeptAs is not null)),
        uncarried.NotKept);
}
