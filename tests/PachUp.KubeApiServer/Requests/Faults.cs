namespace PachUp.KubeApiServer.Requests;

/// <summary>Makes requests fail on purpose.</summary>
public sealed class Faults
{
    private readonly List<Fault> _faults = [];

    /// <summary>Whether every connection is closed, as if the server had ended.</summary>
    public bool IsDown { get; set; }

    /// <summary>The number of requests so far.</summary>
    public int Requests { get; private set; }

    /// <summary>Makes the next matching requests fail.</summary>
    /// <param name="method">The HTTP method; empty for any.</param>
    /// <param name="pathPart">What the path contains.</param>
    /// <param name="error">The answer; null to close the connection.</param>
    /// <param name="times">The number of requests.</param>
    public void Inject(string method, string pathPart, ApiException? error, int times = 1)
    {
        lock (_faults)
            _faults.Add(new Fault(method, pathPart, error, times));
    }

    /// <summary>Runs an action just before the next matching request, to simulate another client.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="pathPart">What the path contains.</param>
    /// <param name="happening">The action.</param>
    public void Interfere(string method, string pathPart, Action happening)
    {
        lock (_faults)
            _faults.Add(new Fault(method, pathPart, null, 1) { Happening = happening });
    }

    /// <returns>Whether the connection has to be closed.</returns>
    /// <exception cref="ApiException">The request has to fail with this error.</exception>
    internal bool Meet(string method, string path)
    {
        lock (_faults)
        {
            Requests++;
            var fault = _faults.Find(fault => fault.Times > 0 && path.Contains(fault.PathPart, StringComparison.Ordinal) && (fault.Method.Length == 0 || fault.Method == method));
            if (fault is null || IsDown)
                return IsDown;

            fault.Times--;
            if (fault.Happening is { } happening)
            {
                happening();
                return IsDown;
            }

            return fault.Error is null ? true : throw fault.Error;
        }
    }

    private sealed class Fault(string method, string pathPart, ApiException? error, int times)
    {
        public string Method => method;

        public string PathPart => pathPart;

        public ApiException? Error => error;

        public Action? Happening { get; init; }

        public int Times { get; set; } = times;
    }
}
