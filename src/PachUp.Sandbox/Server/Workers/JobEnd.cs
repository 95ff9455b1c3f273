using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>The end of a job.</summary>
/// <param name="State">Its final state.</param>
/// <param name="Output">The request that finishes its output commit.</param>
/// <param name="Stats">The request that finishes the commit of its statistics; null if there is none.</param>
/// <param name="Reason">Why it failed; empty if it did not fail.</param>
internal sealed record JobEnd(JobState State, FinishCommitRequest Output, FinishCommitRequest? Stats, string Reason = "")
{
    /// <summary>An end without output.</summary>
    public static JobEnd WithoutFiles(OutputCommit output, JobState state, string reason = "") =>
        new(state, Empty(output.Info.Commit), output.Stats is { } stats ? Empty(stats) : null, reason);

    private static FinishCommitRequest Empty(Commit commit) => new() { Commit = commit, Empty = true };
}
