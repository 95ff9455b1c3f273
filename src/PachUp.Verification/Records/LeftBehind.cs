using System.Collections.Immutable;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Verification.Records;

/// <summary>
/// What no release can carry, kept in the directory of a run (<c>left-behind.json</c>) so that it is at least not gone: times and descriptions
/// of commits, jobs, logs, and the files of open commits, which lie in a folder beside it.
/// </summary>
public sealed record LeftBehind
{
    /// <summary>The version of this file's form; 1 so far.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>The release of the source.</summary>
    public required Release Release { get; init; }

    /// <summary>The id of the source.</summary>
    public required string ClusterId { get; init; }

    /// <summary>The repos and when they were created.</summary>
    public ImmutableArray<LeftBehindRepo> Repos { get; init; } = [];

    /// <summary>Every commit, with its times and its description.</summary>
    public ImmutableArray<LeftBehindCommit> Commits { get; init; } = [];

    /// <summary>The specs that pipelines had before the one that they have now.</summary>
    public ImmutableArray<LeftBehindSpec> Specs { get; init; } = [];

    /// <summary>Every job of every version of every pipeline.</summary>
    public ImmutableArray<LeftBehindJob> Jobs { get; init; } = [];

    /// <summary>The last lines of each pipeline's log, where the server gives them at once.</summary>
    public ImmutableArray<LeftBehindLog> Logs { get; init; } = [];

    /// <summary>The open commits and the files that were put into them so far.</summary>
    public ImmutableArray<LeftBehindOpenCommit> OpenCommits { get; init; } = [];

    /// <summary>What could not be kept, and why.</summary>
    public ImmutableArray<string> NotKept { get; init; } = [];
}

/// <summary>When a repo was created.</summary>
/// <param name="Name">The repo.</param>
/// <param name="Created">When.</param>
public sealed record LeftBehindRepo(string Name, DateTimeOffset? Created);

/// <summary>What an extract does not say of a commit.</summary>
/// <param name="Repo">Its repo.</param>
/// <param name="Id">Its id.</param>
/// <param name="Started">When it was started.</param>
/// <param name="Finished">When it was finished; null for an open one.</param>
/// <param name="Description">What its author wrote; empty for nothing.</param>
public sealed record LeftBehindCommit(string Repo, string Id, DateTimeOffset? Started, DateTimeOffset? Finished, string Description);

/// <summary>A spec that a pipeline had before.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Version">Its version with this spec.</param>
/// <param name="Commit">The commit of the spec.</param>
/// <param name="Committed">When that was.</param>
/// <param name="Spec">All fields that the server kept, as JSON.</param>
public sealed record LeftBehindSpec(string Pipeline, long Version, string Commit, DateTimeOffset? Committed, string Spec);

/// <summary>A job.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Pipeline">Its pipeline.</param>
/// <param name="PipelineVersion">The version of its pipeline.</param>
/// <param name="State">How it ended, or where it was.</param>
/// <param name="Reason">Why; empty for nothing.</param>
/// <param name="Started">When it was started.</param>
/// <param name="Finished">When it ended; null for one that had not.</param>
/// <param name="OutputCommit">The id of the commit that it made; null for none.</param>
/// <param name="Datums">How many datums it processed, skipped and had in all.</param>
public sealed record LeftBehindJob(
    string Id,
    string Pipeline,
    long PipelineVersion,
    string State,
    string Reason,
    DateTimeOffset? Started,
    DateTimeOffset? Finished,
    string? OutputCommit,
    LeftBehindDatums Datums)
{
    /// <summary>What is kept of a job.</summary>
    internal static LeftBehindJob Of(JobInfo job) => new(
        job.Job?.Id ?? "",
        job.Pipeline?.Name ?? "",
        (long)job.PipelineVersion,
        JsonNamingPolicy.KebabCaseLower.ConvertName(job.State.ToString()).Replace("job-", "", StringComparison.Ordinal),
        job.Reason,
        TimeOf(job.Started),
        TimeOf(job.Finished),
        job.OutputCommit?.Id,
        new LeftBehindDatums(job.DataProcessed, job.DataSkipped, job.DataFailed, job.DataTotal));

    private static DateTimeOffset? TimeOf(Timestamp? time) => time?.ToDateTimeOffset();
}

/// <summary>How much a job had to do.</summary>
/// <param name="Processed">Datums that it processed.</param>
/// <param name="Skipped">Datums that an earlier job had processed.</param>
/// <param name="Failed">Datums that failed.</param>
/// <param name="Total">All of its datums.</param>
public sealed record LeftBehindDatums(long Processed, long Skipped, long Failed, long Total);

/// <summary>The end of a pipeline's log.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Lines">The last lines, oldest first.</param>
public sealed record LeftBehindLog(string Pipeline, ImmutableArray<string> Lines);

/// <summary>A commit that was open.</summary>
/// <param name="Repo">Its repo.</param>
/// <param name="Id">Its id.</param>
/// <param name="Files">The files that were put into it so far.</param>
public sealed record LeftBehindOpenCommit(string Repo, string Id, ImmutableArray<LeftBehindFile> Files);

/// <summary>A file of an open commit.</summary>
/// <param name="Path">Its path in the commit.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="KeptAs">Where it is kept, from the run's directory; null where it is not.</param>
public sealed record LeftBehindFile(string Path, long SizeBytes, string? KeptAs);

/// <summary>What was left behind, by number.</summary>
/// <param name="Commits">Commits whose times are kept.</param>
/// <param name="Descriptions">Descriptions of commits.</param>
/// <param name="Specs">Earlier specs of pipelines.</param>
/// <param name="Jobs">Jobs.</param>
/// <param name="Logs">Pipelines whose log is kept.</param>
/// <param name="OpenCommits">Open commits.</param>
/// <param name="OpenFiles">Files of open commits that are kept.</param>
/// <param name="NotKept">What could not be kept, and why.</param>
public sealed record LeftBehindCounts(
    int Commits, int Descriptions, int Specs, int Jobs, int Logs, int OpenCommits, int OpenFiles, ImmutableArray<string> NotKept)
{
    /// <summary>The numbers of what was left behind.</summary>
    public static LeftBehindCounts Of(LeftBehind leftBehind) => new(
        leftBehind.Commits.Length,
        leftBehind.Commits.Count(commit => commit.Description.Length > 0),
        leftBehind.Specs.Length,
        leftBehind.Jobs.Length,
        leftBehind.Logs.Length,
        leftBehind.OpenCommits.Length,
        leftBehind.OpenCommits.Sum(commit => commit.Files.Count(file => file.KeptAs is not null)),
        leftBehind.NotKept);
}
