using PachUp.Conformance.Comparison;
using PachUp.Conformance.Transcripts;

namespace PachUp.Conformance.Replay;

/// <summary>Makes as many ticks in the sandbox as the recorded server had made when it answered a call.</summary>
/// <param name="server">The sandbox.</param>
/// <param name="history">Which commits of the recording are ticks.</param>
/// <param name="comparer">Reads recorded answers.</param>
public sealed class TickReplayer(ReplayServer server, TickHistory history, AnswerComparer comparer)
{
    private readonly Dictionary<string, int> _made = [];
    private readonly HashSet<string> _open = [];

    /// <summary>Makes the missing ticks that the recorded answer of a call shows.</summary>
    public void CatchUpWith(RecordedCall call)
    {
        foreach (var (repo, (number, isOpen)) in history.MadeBefore(comparer.AnswerOf(call), call.Sequence))
        {
            CatchUp(repo, number, isOpen);
        }
    }

    private void CatchUp(string repo, int number, bool isOpen)
    {
        var made = _made.GetValueOrDefault(repo);
        if ((made < number || !isOpen) && _open.Remove(repo))
        {
            server.Tick(repo);
        }

        while (made < number && (made + 1 == number && isOpen ? TryBegin(repo) : server.Tick(repo)))
        {
            _made[repo] = ++made;
        }
    }

    private bool TryBegin(string repo) => server.BeginTick(repo) && _open.Add(repo);
}
