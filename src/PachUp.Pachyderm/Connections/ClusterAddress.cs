namespace PachUp.Pachyderm.Connections;

/// <summary>Where a pachd is and how to talk to it.</summary>
public sealed record ClusterAddress
{
    /// <summary>The port that pachd has where none is given: the NodePort of every deployment.</summary>
    public const int DefaultPort = 30650;

    /// <summary>A host name or IP address.</summary>
    public required string Host { get; init; }

    /// <summary>1 to 65535.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Whether the connection is encrypted.</summary>
    public bool Tls { get; init; }

    /// <summary>Certificates (PEM) to trust beside the machine's own; empty for none.</summary>
    public string TrustedCertificatesPem { get; init; } = "";

    /// <summary>The session token; empty where access control is off. A secret: never printed.</summary>
    public string SessionToken { get; init; } = "";

    /// <summary>Where the address came from, to say in messages: <c>--source</c>, <c>PACHD_ADDRESS</c>, <c>context "prod" of ...</c>.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Reads <c>host</c>, <c>host:port</c>, or either behind <c>grpc://</c>, <c>grpcs://</c>, <c>http://</c> or <c>https://</c>.</summary>
    /// <param name="text">What the user gave.</param>
    /// <param name="origin">See <see cref="Origin"/>.</param>
    /// <exception cref="FormatException">It is none of these; the message says what was expected.</exception>
    public static ClusterAddress Parse(string text, string origin) => throw new NotImplementedException();

    /// <summary>Whether both lead to the same host and port.</summary>
    public bool IsSameEndpoint(ClusterAddress other) => Port == other.Port && string.Equals(Host, other.Host, StringComparison.OrdinalIgnoreCase);

    /// <summary><c>host:port</c>, with <c>grpcs://</c> before it where the connection is encrypted.</summary>
    public override string ToString() => throw new NotImplementedException();
}
