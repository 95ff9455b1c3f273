using Google.Protobuf;
using PachUp.Conformance.Comparison;
using PachUp.Conformance.Mapping;
using PachUp.Conformance.State;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox;

namespace PachUp.Conformance.Replay;

/// <summary>
/// Lets the sandbox have what workers wrote on the recorded server. When they ran no call tells: it was after the last answer that showed one of
/// the commits open that they finished.
/// </summary>
public sealed class WorkerPacer
{
    private readonly ReplayServer _server;
    private readonly RequestRewriter _rewriter;
    private readonly int _lastCallBefore;
    private readonly ServerState _doings;
    private bool _isDone;

    /// <param name="server">The sandbox.</param>
    /// <param name="comparer">Reads recorded answers.</param>
    /// <param name="rewriter">Knows which ids of the sandbox stand for recorded ones.</param>
    /// <param name="calls">The whole recording.</param>
    public WorkerPacer(ReplayServer server, AnswerComparer comparer, RequestRewriter rewriter, IReadOnlyList<RecordedCall> calls)
    {
        _server = server;
        _rewriter = rewriter;
        var commits = calls.SelectMany(call => CommitsIn(comparer, call).Select(commit => (call.Sequence, Commit: commit))).ToList();
        var finished = commits.Where(seen => seen.Commit.Finished is not null && RecordedState.WasComputed(seen.Commit))
            .Select(seen => seen.Commit.Commit.Id).ToHashSet();
        var open = commits.Where(seen => seen.Commit.Finished is null && finished.Contains(seen.Commit.Commit.Id)).ToList();
        _isDone = open.Count == 0;
        _lastCallBefore = _isDone ? 0 : Math.Max(open.Max(seen => seen.Sequence), LastRefusalToRead(calls));
        _doings = new RecordedState(comparer).Learn(calls.Where(call => call.Sequence > _lastCallBefore)).WorkersDoings();
    }

    /// <summary>Lets the workers' doings come about before the first call that may show them.</summary>
    public void CatchUpWith(RecordedCall call)
    {
        if (_isDone || call.Sequence <= _lastCallBefore)
            return;

        _isDone = true;
        _server.Fill(_doings with
        {
            Commits = InTermsOfTheSandbox(_doings.Commits.Where(commit => commit.Finished is not null)),
            Jobs = InTermsOfTheSandbox(_doings.Jobs),
        });
    }

    private static int LastRefusalToRead(IEnumerable<RecordedCall> calls) =>
        calls.Where(call => call.Message.StartsWith("output commit ", StringComparison.Ordinal)).Select(call => call.Sequence).DefaultIfEmpty().Max();

    private static IEnumerable<CommitInfo> CommitsIn(AnswerComparer comparer, RecordedCall call) =>
        comparer.AnswerOf(call).SelectMany(message => message switch
        {
            CommitInfo commit => [commit],
            CommitInfos list => list.CommitInfo,
            _ => Enumerable.Empty<CommitInfo>(),
        });

    private List<T> InTermsOfTheSandbox<T>(IEnumerable<T> messages)
        where T : class, IMessage<T>, new()
    {
        var parser = new MessageParser<T>(() => new T());
        return [.. messages.Select(message => parser.ParseFrom(_rewriter.Rewrite(message.ToByteArray())))];
    }
}
