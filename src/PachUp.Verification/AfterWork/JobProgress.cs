using PachUp.Common.Text;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Verification.AfterWork;

/// <summary>Describes the progress of a job.</summary>
internal static class JobProgress
{
    /// <summary><c>12 of 40 datums</c>.</summary>
    public static string Of(JobInfo job) => job.DataTotal == 0
        ? "no datum counted yet"
        : $"{job.DataProcessed + job.DataSkipped + job.DataFailed} of {Words.Count(job.DataTotal, "datum")}";
}
