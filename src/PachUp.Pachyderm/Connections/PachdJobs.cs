using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Pachyderm.Connections;

/// <summary>What the states of jobs mean.</summary>
internal static class PachdJobs
{
    /// <summary>Asks for the jobs of all versions of a pipeline, not only of its newest.</summary>
    public const long AllVersions = -1;

    /// <summary>Whether a job will do nothing any more.</summary>
    public static bool HasEnded(JobInfo job) => job.State is JobState.JobSuccess or JobState.JobFailure or JobState.JobKilled;
}
