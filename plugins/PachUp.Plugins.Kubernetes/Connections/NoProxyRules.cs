using System.Net;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>
/// Decides which servers are reached without the proxy of the environment, as Go's HTTP client (and so kubectl) does: localhost, loopback addresses,
/// and the entries of <c>NO_PROXY</c>: <c>*</c>, addresses, networks (<c>10.0.0.0/8</c>), names (with their subdomains), names that begin with a dot
/// (only their subdomains), each with or without a port.
/// </summary>
/// <param name="list">The value of <c>NO_PROXY</c>.</param>
internal sealed class NoProxyRules(string list)
{
    private readonly string[] _entries = [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.ToLowerInvariant())];

    /// <summary>Whether a server is reached without the proxy.</summary>
    public bool Exclude(Uri server)
    {
        var host = server.IdnHost.ToLowerInvariant();
        var address = IPAddress.TryParse(host.Trim('[', ']'), out var parsed) ? parsed : null;
        return host == "localhost" || (address is not null && IPAddress.IsLoopback(address)) || _entries.Any(entry => Matches(entry, host, address, server.Port));
    }

    private static bool Matches(string entry, string host, IPAddress? address, int port)
    {
        if (entry == "*")
        {
            return true;
        }

        if (entry.Contains('/', StringComparison.Ordinal))
        {
            return address is not null && IPNetwork.TryParse(entry, out var network) && network.Contains(address);
        }

        var (name, entryPort) = SplitPort(entry);
        if (entryPort.Length > 0 && entryPort != port.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            return false;
        }

        return IPAddress.TryParse(name, out var entryAddress) ? entryAddress.Equals(address) : MatchesName(name, host);
    }

    private static bool MatchesName(string name, string host) => name switch
    {
        "" => false,
        ['*', '.', ..] => host.EndsWith(name[1..], StringComparison.Ordinal),
        ['.', ..] => host.EndsWith(name, StringComparison.Ordinal),
        _ => host == name || host.EndsWith("." + name, StringComparison.Ordinal),
    };

    /// <summary>Splits name and port. An IPv6 address with a port needs brackets.</summary>
    private static (string Name, string Port) SplitPort(string entry)
    {
        var colon = entry.LastIndexOf(':');
        var hasPort = colon >= 0 && (entry.IndexOf(':', StringComparison.Ordinal) == colon || entry[colon - 1] == ']');
        var (name, port) = hasPort ? (entry[..colon], entry[(colon + 1)..]) : (entry, "");
        return (name.Trim('[', ']'), port);
    }
}
