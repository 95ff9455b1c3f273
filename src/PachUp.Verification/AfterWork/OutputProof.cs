using PachUp.Common.Files;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Records;

namespace PachUp.Verification.AfterWork;

/// <summary>Whether the output of a run's target is proved, that is, compared with the source's output after the workers have run.</summary>
public enum OutputProofState
{
    /// <summary>There is nothing to prove: no pipeline of the source has finished output, or the run has no target yet.</summary>
    Nothing,

    /// <summary>It is not proved yet.</summary>
    NotYet,

    /// <summary>It is equal to the source's output, or every difference is explained.</summary>
    Proved,

    /// <summary>Output is lost or different.</summary>
    Lost,
}

/// <summary>Tells whether the output of a run's target is proved, and what to say about it.</summary>
public static class OutputProof
{
    /// <summary>The state of the proof, read from the run directory.</summary>
    /// <exception cref="FormatException">A file of the run is damaged.</exception>
    public static OutputProofState Of(string runDirectory) =>
        !File.Exists(Path.Combine(runDirectory, RecordFiles.Verification)) || CountToProve(runDirectory) == 0 ? OutputProofState.Nothing
        : TryReadReport(runDirectory)?.Outcome ?? OutputProofState.NotYet;

    /// <summary>The result of the comparison after work; null if there was none.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public static AfterWorkReport? TryReadReport(string runDirectory) =>
        JsonFile.TryRead<AfterWorkReport>(Path.Combine(runDirectory, RecordFiles.AfterWork));

    /// <summary>The number of pipelines whose output has to be proved.</summary>
    /// <exception cref="FormatException">A file of the run is damaged.</exception>
    internal static int CountToProve(string runDirectory) =>
        SourceOutputs.TryRead(runDirectory)?.ToProve.Select(head => head.Pipeline).Distinct().Count() ?? 0;

    /// <summary>The number of pipelines whose output has to be proved, for a source that answers.</summary>
    /// <param name="source">The source.</param>
    /// <param name="recomputed">The repos that the target computes again.</param>
    internal static int CountToProve(ClusterInventory source, IReadOnlySet<string> recomputed) =>
        OutputHead.Of(source).Where(head => head.Kind != OutputKind.Outside && recomputed.Contains(head.Pipeline)).Select(head => head.Pipeline).Distinct().Count();

    /// <summary>The message about output that is not proved yet.</summary>
    /// <param name="run">The run; null if there is none.</param>
    public static string NotYet(string? run) => $"output not yet proved: run \"pachup verify {run ?? "RUN"} --after-work\"";
}
