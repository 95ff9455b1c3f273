using PachUp.Conformance.Comparison;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm.Wire.Admin;

namespace PachUp.Conformance.State;

/// <summary>
/// Finds all recordings of one cluster: those with the same cluster id or, if a recording does not show the id, those with a common job.
/// </summary>
/// <param name="transcripts">The recordings to choose from, in the order in which they were made.</param>
/// <param name="comparer">Reads recorded answers.</param>
public sealed class ClusterRecordings(IReadOnlyList<Transcript> transcripts, AnswerComparer comparer)
{
    /// <summary>The state of the cluster of a recording, from all recordings of that cluster.</summary>
    public RecordedState StateOf(Transcript transcript)
    {
        var id = IdOf(transcript);
        var state = new RecordedState(comparer);
        foreach (var other in transcripts.Where(other => IdOf(other) == id))
        {
            state.Learn(other.ReadCalls());
        }

        return state.Learn(transcript.ReadCalls());
    }

    private string? IdOf(Transcript transcript) => ClusterIdOf(transcript.ReadCalls()) ?? ClusterIdOf(OneWithTheSameJobs(transcript).ReadCalls());

    private Transcript OneWithTheSameJobs(Transcript transcript)
    {
        var jobs = JobsOf(transcript).ToHashSet();
        return transcripts.FirstOrDefault(other => other != transcript && jobs.Overlaps(JobsOf(other))) ?? transcript;
    }

    private IEnumerable<string> JobsOf(Transcript transcript) => new RecordedState(comparer).Learn(transcript.ReadCalls()).JobIds;

    private string? ClusterIdOf(IEnumerable<RecordedCall> calls) =>
        calls.Where(call => call.Method == "/admin.API/InspectCluster").SelectMany(comparer.AnswerOf).OfType<ClusterInfo>().FirstOrDefault()?.Id;
}
