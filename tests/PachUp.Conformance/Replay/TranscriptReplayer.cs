using PachUp.Conformance.Comparison;
using PachUp.Conformance.Mapping;
using PachUp.Conformance.Report;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm;

namespace PachUp.Conformance.Replay;

/// <summary>Replays recordings against one server, one after the other, with one map of ids.</summary>
public sealed class TranscriptReplayer
{
    private readonly ReplayServer _server;
    private readonly RequestRewriter _rewriter;
    private readonly AnswerComparer _comparer;

    /// <param name="release">The release of both servers.</param>
    /// <param name="server">The sandbox.</param>
    /// <param name="volatileRepos">The repos whose content differs from run to run.</param>
    public TranscriptReplayer(Release release, ReplayServer server, VolatileRepos volatileRepos)
    {
        var map = new ValueMap();
        _server = server;
        _rewriter = new RequestRewriter(map);
        _comparer = new AnswerComparer(release, map, volatileRepos);
    }

    /// <summary>Replays all calls of a recording.</summary>
    /// <param name="transcript">The recording.</param>
    /// <param name="isStill">Whether only the calls changed the recorded server, and not cron inputs or workers.</param>
    /// <exception cref="InvalidDataException">The file is not a recording.</exception>
    public async Task<TranscriptReport> ReplayAsync(Transcript transcript, bool isStill = false)
    {
        var calls = transcript.ReadCalls();
        var ticks = new TickReplayer(_server, _comparer.Study(calls), _comparer);
        var workers = transcript.Scenario.HadWorkers ? new WorkerReplayer(_server, _comparer, _rewriter, calls) : null;
        return new TranscriptReport(transcript.Scenario, await ReplayAsync(calls, isStill ? _ => { }
        : call =>
        {
            workers?.CatchUpWith(call);
            ticks.CatchUpWith(call);
        }));
    }

    /// <summary>Replays some calls.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="catchUpWith">Makes the changes that happened on the recorded server between two calls.</param>
    public async Task<IReadOnlyList<CallOutcome>> ReplayAsync(IReadOnlyList<RecordedCall> calls, Action<RecordedCall> catchUpWith)
    {
        var caller = _server.CallerFor(calls);
        var outcomes = new List<CallOutcome>();
        foreach (var call in calls)
        {
            catchUpWith(call);
            outcomes.Add(await ReplayAsync(call, caller));
            _rewriter.NoteAnswer(call);
        }

        return outcomes;
    }

    private async Task<CallOutcome> ReplayAsync(RecordedCall call, RawCaller caller)
    {
        var requests = _rewriter.Rewrite(call, out var unknownId);
        if (unknownId is not null)
        {
            return CallOutcome.NotCovered(
                call, $"its request names {unknownId}, which an earlier recorded answer gave and the sandbox's answer did not");
        }

        if (call.FoundNoServer)
        {
            return CallOutcome.NotCovered(call, "the recorded server was still down from the crash before");
        }

        var answer = await caller.CallAsync(call, requests);
        var differences = _comparer.Compare(call, answer);
        return differences.Count == 0
            ? CallOutcome.Equal(call)
            : CallOutcome.NotEqual(call, differences, Describe(call, call.Responses), Describe(call, answer.Messages));
    }

    private List<string> Describe(RecordedCall call, IReadOnlyCollection<byte[]> messages) => [.. _comparer.Describe(call.Method, messages)];
}
