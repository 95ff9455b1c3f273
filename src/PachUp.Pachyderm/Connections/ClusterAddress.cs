using System.Globalization;

namespace PachUp.Pachyderm.Connections;

/// <summary>Where a pachd is and how to talk to it.</summary>
public sealed record ClusterAddress
{
    /// <summary>The port that pachd has where none is given: the NodePort of every deployment.</summary>
    public const int DefaultPort = 30650;

    internal const string SchemeSeparator = "://";

    private const string EncryptedScheme = "grpcs";

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

    /// <summary>
    /// Where the peer port of the same pachd is, for the object API where the public port keeps it closed; null for none. Nothing else goes
    /// there: it has neither encryption nor access control.
    /// </summary>
    public ClusterAddress? Peer { get; init; }

    /// <summary>A way to the peer port that can be opened where <see cref="Peer"/> is null; null for none.</summary>
    public PeerOffer? OfferedPeer { get; init; }

    /// <summary>How long to wait for whoever is there.</summary>
    public PachdPatience Patience { get; init; } = PachdPatience.Default;

    /// <summary>Where the address came from, to say in messages: <c>--source</c>, <c>PACHD_ADDRESS</c>, <c>context "prod" of ...</c>.</summary>
    public string Origin { get; init; } = "";

    /// <summary>What people call it where host and port are only of this moment, such as a port forward; empty to call it by these.</summary>
    public string Label { get; init; } = "";

    /// <summary>Reads <c>host</c>, <c>host:port</c>, or either behind <c>grpc://</c>, <c>grpcs://</c>, <c>http://</c> or <c>https://</c>.</summary>
    /// <param name="text">What the user gave.</param>
    /// <param name="origin">See <see cref="Origin"/>.</param>
    /// <exception cref="FormatException">It is none of these; the message says what was expected.</exception>
    public static ClusterAddress Parse(string text, string origin)
    {
        if (text.Contains('@', StringComparison.Ordinal))
        {
            // What stands before the sign is usually a password or a token, which must not be repeated.
            throw Malformed("(not shown)", origin, "it has a user or a token before \"@\", which pachd has no use for; tokens come from the config file");
        }

        var (tls, endpoint) = SplitScheme(text.Trim(), origin);
        var (host, port) = SplitPort(endpoint.TrimEnd('/'));
        return Uri.CheckHostName(host) is UriHostNameType.Unknown
            ? throw Malformed(text, origin, host.Length == 0 ? "it has no host" : $"\"{host}\" is not a host name")
            : new ClusterAddress { Host = host, Port = ParsePort(port, text, origin), Tls = tls, Origin = origin };
    }

    /// <summary>Reads the <c>host:port</c> of a peer port.</summary>
    /// <param name="text">What the user gave.</param>
    /// <param name="origin">See <see cref="Origin"/>.</param>
    /// <exception cref="AddressException">It is something else; the message says what was expected.</exception>
    public static ClusterAddress ParsePeer(string text, string origin)
    {
        try
        {
            var (tls, endpoint) = SplitScheme(text.Trim(), origin);
            var peer = Parse(text, origin);
            return (tls, SplitPort(endpoint.TrimEnd('/')).Port) switch
            {
                (true, _) => throw Malformed(text, origin, "a peer port is never encrypted"),
                (_, null) => throw Malformed(text, origin, "it has no port, and peer ports have none that is usual outside of a pod"),
                _ => peer,
            };
        }
        catch (FormatException e)
        {
            throw new AddressException(e.Message, e);
        }
    }

    /// <summary>The address with a peer port; as it is where none is given.</summary>
    /// <param name="peer">The <c>host:port</c> of the peer port; null or empty for none.</param>
    /// <param name="origin">See <see cref="Origin"/>.</param>
    /// <exception cref="AddressException">What was given is no address of a peer port.</exception>
    public ClusterAddress WithPeer(string? peer, string origin) => string.IsNullOrEmpty(peer) ? this : this with { Peer = ParsePeer(peer, origin) };

    /// <summary>Whether both lead to the same host and port.</summary>
    public bool IsSameEndpoint(ClusterAddress other) => Port == other.Port && string.Equals(Host, other.Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>The <see cref="Label"/>; else <c>host:port</c>, with <c>grpcs://</c> before it where the connection is encrypted.</summary>
    public override string ToString() => Label.Length > 0 ? Label : Tls ? $"{EncryptedScheme}{SchemeSeparator}{Endpoint}" : Endpoint;

    private string HostInBrackets => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    private string Endpoint => string.Create(CultureInfo.InvariantCulture, $"{HostInBrackets}:{Port}");

    private static (bool Tls, string Endpoint) SplitScheme(string text, string origin)
    {
        var end = text.IndexOf(SchemeSeparator, StringComparison.Ordinal);
        if (end < 0)
        {
            return (false, text);
        }

        var endpoint = text[(end + SchemeSeparator.Length)..];
        return text[..end].ToLowerInvariant() switch
        {
            "grpc" or "http" => (false, endpoint),
            EncryptedScheme or "https" => (true, endpoint),
            var scheme => throw Malformed(text, origin, $"\"{scheme}\" is none of grpc, grpcs, http, https"),
        };
    }

    /// <summary>Host and port; the port is null where there is none. An IPv6 address needs brackets to have one.</summary>
    private static (string Host, string? Port) SplitPort(string endpoint)
    {
        var bracket = endpoint.LastIndexOf(']');
        if (endpoint.StartsWith('[') && bracket > 0)
        {
            var rest = endpoint[(bracket + 1)..];
            return rest is "" or [':', ..] ? (endpoint[1..bracket], rest is "" ? null : rest[1..]) : (endpoint, null);
        }

        return endpoint.Split(':') is [var host, var port] ? (host, port) : (endpoint, null);
    }

    private static int ParsePort(string? port, string text, string origin)
    {
        if (port is null)
        {
            return DefaultPort;
        }

        return ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw Malformed(text, origin, $"the port \"{port}\" is not a number from 1 to 65535");
    }

    private static FormatException Malformed(string text, string origin, string why) => new(
        $"The address \"{text}\"{(origin.Length > 0 ? $" (from {origin})" : "")} cannot be used: {why}. "
        + "Expected is host, host:port or grpcs://host:port, such as localhost:30650.");
}
