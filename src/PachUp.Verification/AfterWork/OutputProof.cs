using PachUp.Common.Files;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Records;

namespace PachUp.Verification.AfterWork;

/// <summary>Whether the output of the target of a run was proved: compared with that of the source after the workers had run.</summary>
public enum OutputProofState
{
    /// <summary>There is nothing to prove: no pipeline of the source had finished anything, or the run has no target yet.</summary>
    Nothing,

    /// <summary>It has not been proved yet.</summary>
    NotYet,

    /// <summary>It is as it was on the source, or what differs is explained.</summary>
    Proved,

    /// <summary>Something is lost or different.</summary>
    Lost,
}

/// <summary>Tells whether the output of a run's target was proved, and what to say about it.</summary>
public static class OutputProof
{
    /// <summary>Where the proof of a run is, read from its directory.</summary>
    /// <exception cref="FormatException">A file of the run is damaged.</exception>
    public static OutputProofState Of(string runDirectory) =>
        !File.Exists(Path.Combine(runDirectory, RecordFiles.Verification)) || CountToProve(runDirectory) == 0 ? OutputProofState.Nothing
        : TryReadReport(runDirectory)?.Outcome ?? OutputProofState.NotYet;

    /// <summary>What was found after the workers had run; null where that was not looked at.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public static AfterWorkReport? TryReadReport(string runDirectory) =>
        JsonFile.TryRead<AfterWorkReport>(Path.Combine(runDirectory, RecordFiles.AfterWork));

    /// <summary>How many pipelines have output that has to be proved.</summary>
    /// <exception cref="FormatException">A file of the run is damaged.</exception>
    internal static int CountToProve(string runDirectory) =>
        SourceOutputs.TryRead(runDirectory)?.ToProve.Select(head => head.Pipeline).Distinct().Count() ?? 0;

    /// <summary>The same of a source that has been looked at now.</summary>
    /// <param name="source">The source.</param>
    /// <param name="recomputed">The repos that the target computes again.</param>
    internal static int CountToProve(ClusterInventory source, IReadOnlySet<string> recomputed) =>
        OutputHead.Of(source).Where(head => head.Kind != OutputKind.Outside && recomputed.Contains(head.Pipeline)).Select(head => head.Pipeline).Distinct().Count();

    /// <summary>What to say about output that was not proved yet.</summary>
    /// <param name="run">The run; null where there is none.</param>
    public static string NotYet(string? run) => $"output not yet proved: run \"pachup verify {run ?? "RUN"} --after-work\"";
}
