using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>How a job ends.</summary>
/// <param name="State">Its last state.</param>
/// <param name="Output">How its output commit is finished.</param>
/// <param name="Stats">How the commit for its statistics is finished; null where there is none.</param>
/// <param name="Reason">Why it failed; empty where it did not.</param>
internal sealed record JobEnding(JobState State, FinishCommitRequest Output, FinishCommitRequest? Stats, string Reason = "")
{
    /// <summary>An end without output.</summary>
    public static JobEnding WithoutFiles(OutputCommit output, JobState state, string reason = "") =>
        new(state, Empty(output.Info.Commit), output.Stats is { } stats ? Empty(stats) : null, reason);

    private static FinishCommitRequest Empty(Commit commit) => new() { Commit = commit, Empty = true };
}
