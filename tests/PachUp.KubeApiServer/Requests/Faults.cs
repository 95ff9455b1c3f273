namespace PachUp.KubeApiServer.Requests;

/// <summary>Makes requests fail on purpose.</summary>
public sealed class Faults
{
    private readonly List<Fault> _faults = [];

    private readonly HashSet<string> _expired = [];

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

    /// <summary>Carries out the next matching request, and closes the connection instead of answering.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="pathPart">What the path contains.</param>
    public void LoseAnswer(string method, string pathPart)
    {
        lock (_faults)
            _faults.Add(new Fault(method, pathPart, null, 1) { LosesAnswer = true });
    }

    /// <summary>Refuses a token from now on.</summary>
    public void Expire(string token)
    {
        lock (_faults)
            _expired.Add($"Bearer {token}");
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

    /// <exception cref="ApiException">The request has to fail with this error.</exception>
    internal Fate Meet(string method, string path, string authorization)
    {
        lock (_faults)
        {
            Requests++;
            if (_expired.Contains(authorization) && !IsDown)
                throw ApiException.Unauthorized();

            var fault = _faults.Find(fault => fault.Times > 0 && path.Contains(fault.PathPart, StringComparison.Ordinal) && (fault.Method.Length == 0 || fault.Method == method));
            if (fault is null || IsDown)
                return IsDown ? Fate.Closed : Fate.Answered;

            fault.Times--;
            if (fault.LosesAnswer)
                return Fate.AnswerLost;

            if (fault.Happening is { } happening)
            {
                happening();
                return IsDown ? Fate.Closed : Fate.Answered;
            }

            return fault.Error is null ? Fate.Closed : throw fault.Error;
        }
    }

    private sealed class Fault(string method, string pathPart, ApiException? error, int times)
    {
        public string Method => method;

        public string PathPart => pathPart;

        public ApiException? Error => error;

        public Action? Happening { get; init; }

        public bool LosesAnswer { get; init; }

        public int Times { get; set; } = times;
    }
}

/// <summary>What happens to a request.</summary>
internal enum Fate
{
    /// <summary>It is carried out and answered.</summary>
    Answered,

    /// <summary>It is carried out, and the connection is closed before the answer.</summary>
    AnswerLost,

    /// <summary>The connection is closed before it is read.</summary>
    Closed,
}
