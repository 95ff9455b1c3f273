using Google.Protobuf;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Conformance.Comparison;

/// <summary>
/// Finds out which tick of a cron input each commit of a recording belongs to. Only the commits in the answers of a server show how many ticks it had made
/// at a call.
/// </summary>
/// <param name="repos">Knows the repos of cron inputs.</param>
public sealed class TickHistory(VolatileRepos repos)
{
    private readonly Dictionary<string, Tick> _ticks = [];
    private readonly Dictionary<string, List<string>> _sources = [];
    private readonly HashSet<string> _restored = [];
    private readonly Dictionary<string, int> _lastSeenOpen = [];

    private sealed record Tick(string Repo, string Parent);

    /// <summary>Learns from a recorded request which commits were restored and are not ticks of this server.</summary>
    public void LearnRequest(IMessage message)
    {
        if (message is RestoreRequest { Op: { } operation } && CommitOf(operation) is { } commit)
        {
            _restored.Add(commit.ID);
        }
    }

    /// <summary>Learns from a recorded answer which commits are ticks, which are computed from ticks, and which were open then.</summary>
    /// <param name="message">A message of the answer.</param>
    /// <param name="call">The number of the call, in the order in which they ended.</param>
    public void LearnAnswer(IMessage message, int call)
    {
        switch (message)
        {
            case CommitInfo info:
                Learn(info.Commit, info.ParentCommit?.Id ?? "", info.Finished is null ? call : 0);
                _sources[info.Commit.Id] = [.. info.Provenance.Select(from => from.Commit).Concat(info.ProvenanceUntil187).Select(from => from.Id)];
                break;
            case Op operation when CommitOf(operation) is { } commit:
                Learn(new Commit { Repo = commit.Parent.Repo, Id = commit.ID }, commit.Parent.Id, commit.Tree is null ? call : 0);
                break;
        }

        foreach (var child in RepoOfMessage.Children(message))
        {
            LearnAnswer(child, call);
        }
    }

    /// <summary>
    /// The number of ticks of each cron input that a server had begun when it answered a call, as the answer shows it, and whether the last one was open. A
    /// tick that a later answer shows as open was open before as well.
    /// </summary>
    public IReadOnlyDictionary<string, (int Number, bool IsOpen)> MadeBefore(IEnumerable<IMessage> answer, int call) =>
        answer.SelectMany(CommitsIn).SelectMany(commit => TicksBehind(commit.Id)).Distinct().GroupBy(tick => _ticks[tick].Repo)
            .ToDictionary(repo => repo.Key, repo => repo.Select(tick => (Number: NumberOf(tick), IsOpen: call <= _lastSeenOpen.GetValueOrDefault(tick))).Max());

    private static BuildCommitRequest? CommitOf(Op operation) => operation.Op17?.Commit ?? operation.Op18?.Commit ?? operation.Op19?.Commit;

    private static IEnumerable<Commit> CommitsIn(IMessage message) =>
        message is Commit commit ? [commit] : RepoOfMessage.Children(message).SelectMany(CommitsIn);

    private void Learn(Commit commit, string parent, int openAt)
    {
        if (repos.IsOfCron(commit.Repo.Name))
        {
            _ticks[commit.Id] = new Tick(commit.Repo.Name, parent);
            _lastSeenOpen[commit.Id] = Math.Max(openAt, _lastSeenOpen.GetValueOrDefault(commit.Id));
        }
    }

    private IEnumerable<string> TicksBehind(string commit) =>
        _sources.GetValueOrDefault(commit, []).Append(commit).Where(_ticks.ContainsKey);

    private int NumberOf(string tick)
    {
        var number = 0;
        for (var at = tick; _ticks.TryGetValue(at, out var found) && !_restored.Contains(at); at = found.Parent)
        {
            number++;
        }

        return number;
    }
}
