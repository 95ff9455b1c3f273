using System.Runtime.InteropServices;

namespace PachUp.Hosting;

/// <summary>
/// Ctrl+C and the system's request to end. The first signal asks the running work to stop at a point where it can be continued. The second
/// ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly Action _announce;
    private readonly Action _exit;
    private readonly PosixSignalRegistration[] _registrations;
    private int _signals;

    /// <summary>Starts listening.</summary>
    /// <param name="announce">Called at the first signal.</param>
    /// <param name="exit">Ends the process, at the second.</param>
    public Interruption(Action announce, Action exit)
    {
        (_announce, _exit) = (announce, exit);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
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

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) == 1)
        {
            _announce();
            _asked.Cancel();
        }
        else
        {
            _exit();
        }
    }
}
