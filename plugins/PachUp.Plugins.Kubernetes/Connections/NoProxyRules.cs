using System.Net;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>
/// Which servers are reached without the proxy of the environment, as Go's HTTP client and thus kubectl decide it: never localhost and loopback
/// addresses, and what <c>NO_PROXY</c> lists: <c>*</c>, addresses, networks (<c>10.0.0.0/8</c>), names (with all below them), names that begin with a
/// dot (only what is below them), each with a port or without.
/// </summary>
/// <param name="list">What <c>NO_PROXY</c> holds.</param>
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

    /// <summary>An IPv6 address needs brackets to have a port.</summary>
    private static (string Name, string Port) SplitPort(string entry)
    {
        var colon = entry.LastIndexOf(':');
        var hasPort = colon >= 0 && (entry.IndexOf(':', StringComparison.Ordinal) == colon || entry[colon - 1] == ']');
        var (name, port) = hasPort ? (entry[..colon], entry[(colon + 1)..]) : (entry, "");
        return (name.Trim('[', ']'), port);
    }
}
