using Google.Protobuf;
using PachUp.Conformance.Comparison;
using PachUp.Conformance.Mapping;
using PachUp.Conformance.State;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Filling;

namespace PachUp.Conformance.Replay;

/// <summary>
/// Adds to the sandbox what workers wrote on the recorded server. <see cref="WorkersStart"/> finds out when they ran.
/// </summary>
public sealed class WorkerReplayer
{
    private readonly ReplayServer _server;
    private readonly RequestRewriter _rewriter;
    private readonly int _lastCallBefore;
    private readonly ServerState _work;
    private readonly List<CommitInfo> _commitsToCome;
    private readonly List<JobInfo> _jobsToCome;
    private bool _haveBegun;

    /// <param name="server">The sandbox.</param>
    /// <param name="comparer">Reads recorded answers.</param>
    /// <param name="rewriter">Knows which ids of the sandbox stand for recorded ones.</param>
    /// <param name="calls">The whole recording.</param>
    public WorkerReplayer(ReplayServer server, AnswerComparer comparer, RequestRewriter rewriter, IReadOnlyList<RecordedCall> calls)
    {
        _server = server;
        _rewriter = rewriter;
        var before = new WorkersStart(comparer, calls);
        _lastCallBefore = before.LastCall;
        _work = new RecordedState(comparer).Learn(calls.Where(call => before.DidWorkLater && call.Sequence > _lastCallBefore)).WorkOfWorkers();
        _commitsToCome = [.. _work.Commits.Where(commit => commit.Finished is not null)];
        _jobsToCome = [.. _work.Jobs];
    }

    /// <summary>
    /// Adds the work of workers before the first call that can show it. Work on a commit follows later if the commit's counterpart in the sandbox is not
    /// known yet.
    /// </summary>
    public void CatchUpWith(RecordedCall call)
    {
        if (call.Sequence <= _lastCallBefore)
            return;

        var commits = Take(_commitsToCome, commit => _rewriter.Knows(commit.Commit.Id));
        var jobs = Take(_jobsToCome, job => _rewriter.Knows(job.OutputCommit.Id));
        if (commits.Count + jobs.Count > 0)
            _server.Fill((_haveBegun ? new ServerState() : _work) with { Commits = InTermsOfTheSandbox(commits), Jobs = InTermsOfTheSandbox(jobs) });

        _haveBegun |= commits.Count + jobs.Count > 0;
    }

    private static List<T> Take<T>(List<T> toCome, Predicate<T> isReady)
    {
        var ready = toCome.FindAll(isReady);
        toCome.RemoveAll(isReady);
        return ready;
    }

    private List<T> InTermsOfTheSandbox<T>(IEnumerable<T> messages)
        where T : class, IMessage<T>, new()
    {
        var parser = new MessageParser<T>(() => new T());
        return [.. messages.Select(message => parser.ParseFrom(_rewriter.Rewrite(message.ToByteArray())))];
    }
}
