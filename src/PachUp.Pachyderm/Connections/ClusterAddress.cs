using System.Globalization;

namespace PachUp.Pachyderm.Connections;

/// <summary>The address of a pachd and how to connect to it.</summary>
public sealed record ClusterAddress
{
    /// <summary>The default port: the NodePort of every deployment.</summary>
    public const int DefaultPort = 30650;

    internal const string SchemeSeparator = "://";

    private const string EncryptedScheme = "grpcs";

    /// <summary>A host name or IP address.</summary>
    public required string Host { get; init; }

    /// <summary>The port, 1 to 65535.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Whether the connection is encrypted.</summary>
    public bool Tls { get; init; }

    /// <summary>Certificates (PEM) to trust in addition to those of the machine; empty for none.</summary>
    public string TrustedCertificatesPem { get; init; } = "";

    /// <summary>The session token; empty if access control is off. It is a secret and never printed.</summary>
    public string SessionToken { get; init; } = "";

    /// <summary>
    /// The address of the peer port of the same pachd; null for none. It is used only for the object API, when the public port does not serve it: the
    /// peer port has neither encryption nor access control.
    /// </summary>
    public ClusterAddress? Peer { get; init; }

    /// <summary>A peer port that a platform can open if <see cref="Peer"/> is null; null for none.</summary>
    public PeerOffer? OfferedPeer { get; init; }

    /// <summary>The time limits for calls.</summary>
    public PachdTimeouts Timeouts { get; init; } = PachdTimeouts.Default;

    /// <summary>Where the address came from, for messages: <c>--source</c>, <c>PACHD_ADDRESS</c>, <c>context "prod" of ...</c>.</summary>
    public string Origin { get; init; } = "";

    /// <summary>
    /// Which cluster it is if host and port are temporary, such as a port forward: the same text on every machine; empty to use host and port.
    /// </summary>
    public string Label { get; init; } = "";

    /// <summary>The text for people, if it is another one than <see cref="Identity"/>: in words of their machine, such as the name of a context; empty for the same.</summary>
    public string Description { get; init; } = "";

    /// <summary>The short name of the place that <see cref="Label"/> names, such as a namespace; empty if host and port are not temporary.</summary>
    public string ShortLabel { get; init; } = "";

    /// <summary>What people call the cluster, and type to confirm that they mean it: the <see cref="ShortLabel"/>, else <c>host:port</c>.</summary>
    public string Name => ShortLabel.Length > 0 ? ShortLabel : Endpoint;

    /// <summary>
    /// The text that is compared, hashed and stored: the <see cref="Label"/> if it is not empty; otherwise <c>host:port</c>, or <c>grpcs://host:port</c> for an
    /// encrypted connection.
    /// </summary>
    public string Identity => Label.Length > 0 ? Label : Tls ? $"{EncryptedScheme}{SchemeSeparator}{Endpoint}" : Endpoint;

    /// <summary>
    /// Says why the last connection could not be made, if the address leads through something else to pachd, such as a port forward; null if it is not
    /// known.
    /// </summary>
    public Func<ConnectionTrouble?>? LastTrouble { get; init; }

    /// <summary>Reads <c>host</c> or <c>host:port</c>, with or without <c>grpc://</c>, <c>grpcs://</c>, <c>http://</c> or <c>https://</c>.</summary>
    /// <param name="text">The text from the user.</param>
    /// <param name="origin">See <see cref="Origin"/>.</param>
    /// <exception cref="FormatException">The text is not an address. The message says what was expected.</exception>
    public static ClusterAddress Parse(string text, string origin)
    {
        if (text.Contains('@', StringComparison.Ordinal))
        {
            // The text before "@" is usually a password or a token, so the message must not contain it.
            throw Malformed("(not shown)", origin, "it has a user or a token before \"@\", which pachd does not use; PachUp reads the token from the config file");
        }

        var (tls, endpoint) = SplitScheme(text.Trim(), origin);
        var (host, port) = SplitPort(endpoint.TrimEnd('/'));
        return Uri.CheckHostName(host) is UriHostNameType.Unknown
            ? throw Malformed(text, origin, host.Length == 0 ? "it has no host" : $"\"{host}\" is not a host name")
            : new ClusterAddress { Host = host, Port = ParsePort(port, text, origin), Tls = tls, Origin = origin };
    }

    /// <summary>Reads the <c>host:port</c> of a peer port.</summary>
    /// <param name="text">The text from the user.</param>
    /// <param name="origin">See <see cref="Origin"/>.</param>
    /// <exception cref="AddressException">The text is not a peer port. The message says what was expected.</exception>
    public static ClusterAddress ParsePeer(string text, string origin)
    {
        try
        {
            var (tls, endpoint) = SplitScheme(text.Trim(), origin);
            var peer = Parse(text, origin);
            return (tls, SplitPort(endpoint.TrimEnd('/')).Port) switch
            {
                (true, _) => throw Malformed(text, origin, "a peer port is never encrypted"),
                (_, null) => throw Malformed(text, origin, "it has no port, and there is no default peer port outside of a pod"),
                _ => peer,
            };
        }
        catch (FormatException e)
        {
            throw new AddressException(e.Message, e);
        }
    }

    /// <summary>The address with a peer port; unchanged if none is given.</summary>
    /// <param name="peer">The <c>host:port</c> of the peer port; null or empty for none.</param>
    /// <param name="origin">See <see cref="Origin"/>.</param>
    /// <exception cref="AddressException">The text is not the address of a peer port.</exception>
    public ClusterAddress WithPeer(string? peer, string origin) => string.IsNullOrEmpty(peer) ? this : this with { Peer = ParsePeer(peer, origin) };

    /// <summary>Whether both have the same host and port.</summary>
    public bool IsSameEndpoint(ClusterAddress other) => Port == other.Port && string.Equals(Host, other.Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>The text for people: the <see cref="Description"/> if it is not empty, otherwise the <see cref="Identity"/>.</summary>
    public override string ToString() => Description.Length > 0 ? Description : Identity;

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
            var scheme => throw Malformed(text, origin, $"\"{scheme}\" is not one of grpc, grpcs, http, https"),
        };
    }

    /// <summary>Host and port; the port is null if it is missing. An IPv6 address with a port needs brackets.</summary>
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
        + "Expected host, host:port or grpcs://host:port, such as localhost:30650.");
}
