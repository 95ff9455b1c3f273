using PachUp.Conformance.Comparison;
using PachUp.Conformance.Mapping;
using PachUp.Conformance.Report;
using PachUp.Conformance.State;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm;

namespace PachUp.Conformance.Replay;

/// <summary>Replays a folder of recordings of one release.</summary>
/// <param name="release">The release of the recorded server.</param>
/// <param name="transcripts">The recordings.</param>
/// <param name="storage">Makes the storage of clusters that had a copy of another cluster's storage.</param>
public sealed class ReleaseReplay(Release release, TranscriptSet transcripts, StorageCopy storage)
{
    /// <summary>Replays the recordings: those that continue one another on one sandbox, each of the others on a new one.</summary>
    /// <param name="only">The scenario to replay alone; null for all.</param>
    public async IAsyncEnumerable<TranscriptReport> ReplayAsync(string? only)
    {
        var asked = transcripts.Asked.Where(transcript => only is null || transcript.Scenario.Name == only).ToList();
        await foreach (var report in ReplayChainAsync([.. asked.Where(transcript => transcript.Scenario.ContinuesOnTheSameServer)]))
        {
            yield return report;
        }

        foreach (var transcript in asked.Where(transcript => !transcript.Scenario.ContinuesOnTheSameServer))
        {
            yield return await ReplayAloneAsync(transcript);
        }
    }

    private async IAsyncEnumerable<TranscriptReport> ReplayChainAsync(List<Transcript> asked)
    {
        if (asked.Count == 0)
        {
            yield break;
        }

        await using var server = await ReplayServer.StartAsync(release);
        var replayers = new Dictionary<string, TranscriptReplayer>();
        var volatileRepos = new VolatileRepos();
        var played = new List<Scenario>();
        foreach (var transcript in transcripts.ChainUpTo(asked[^1].Scenario))
        {
            if (LargeFileStandIn.IsDue(played, transcript.Scenario))
            {
                volatileRepos.AddUnknown(LargeFileStandIn.Repo);
                await ReplayerOf(release.ToString()).ReplayAsync(LargeFileStandIn.Calls(), _ => { });
            }

            played.Add(transcript.Scenario);
            var report = await ReplayerOf(transcript.Run).ReplayAsync(transcript);
            if (asked.Contains(transcript))
            {
                yield return report;
            }
        }

        // Recordings of another server have other ids.
        TranscriptReplayer ReplayerOf(string run) =>
            replayers.TryGetValue(run, out var known) ? known : replayers[run] = new TranscriptReplayer(release, server, volatileRepos);
    }

    private async Task<TranscriptReport> ReplayAloneAsync(Transcript transcript)
    {
        if (transcript.Scenario.HadWorkers && !transcript.ReadCalls().Any(IsRestore))
            return await ReplayReadingAsync(transcript);

        var store = transcript.Scenario.StorageCopyOf is { } source ? await storage.MakeAsync(source) : null;
        await using var server = await ReplayServer.StartAsync(release, store);
        if (store is null && transcript.Scenario.StorageCopyOf is not null)
            server.Fill(new RecordedState(NewComparer()).Learn(transcript.ReadCalls()).Storage());

        return await new TranscriptReplayer(release, server, new VolatileRepos()).ReplayAsync(transcript);
    }

    /// <summary>Replays a recording of a server on which workers had run before the first call.</summary>
    private async Task<TranscriptReport> ReplayReadingAsync(Transcript transcript)
    {
        await using var server = await ReplayServer.StartAsync(release);
        server.Fill(new ClusterRecordings(transcripts.OfWorkers(release), NewComparer()).StateOf(transcript).Build());
        return await new TranscriptReplayer(release, server, new VolatileRepos()).ReplayAsync(transcript, isStill: true);
    }

    private static bool IsRestore(RecordedCall call) => call.Method == "/admin.API/Restore";

    private AnswerComparer NewComparer() => new(release, new ValueMap(), new VolatileRepos());
}
