using PachUp.Common.Text;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Verification.AfterWork;

/// <summary>Where the work of a job is, in words.</summary>
internal static class JobProgress
{
    /// <summary><c>12 of 40 datums</c>.</summary>
    public static string Of(JobInfo job) => job.DataTotal == 0
        ? "no datum counted yet"
        : $"{job.DataProcessed + job.DataSkipped + job.DataFailed} of {Words.Count(job.DataTotal, "datum")}";
}
