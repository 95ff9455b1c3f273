using System.Runtime.InteropServices;

namespace PachUp.Hosting;

/// <summary>
/// Ctrl+C, the system's request to end, and the end of the terminal (SIGHUP). The first signal asks the running work to stop at a point where it can be
/// continued. The second Ctrl+C or request ends the process at once. The end of a terminal never does: shells and systems send that signal several times.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly Action<PosixSignal> _announce;
    private readonly Action _exit;
    private readonly PosixSignalRegistration[] _registrations;
    private int _requests;
    private int _announced;

    /// <summary>Starts listening.</summary>
    /// <param name="announce">Called at the first signal.</param>
    /// <param name="exit">Ends the process, at the second request.</param>
    public Interruption(Action<PosixSignal> announce, Action exit)
    {
        (_announce, _exit) = (announce, exit);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnRequest),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnRequest),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnHangUp),
        ];
    }

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _asked.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _asked.Dispose();
    }

    private void OnRequest(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _requests) == 1)
        {
            Ask(context.Signal);
        }
        else
        {
            _exit();
        }
    }

    private void OnHangUp(PosixSignalContext context)
    {
        context.Cancel = true;
        Ask(context.Signal);
    }

    private void Ask(PosixSignal signal)
    {
        if (Interlocked.Exchange(ref _announced, 1) == 0)
        {
            _announce(signal);
            _asked.Cancel();
        }
    }
}
