using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Pachyderm.Connections;

/// <summary>Rules for jobs.</summary>
internal static class PachdJobs
{
    /// <summary>The value of <c>history</c> for the jobs of all versions of a pipeline.</summary>
    public const long AllVersions = -1;

    /// <summary>Whether a job has ended.</summary>
    public static bool HasEnded(JobInfo job) => job.State is JobState.JobSuccess or JobState.JobFailure or JobState.JobKilled;
}
