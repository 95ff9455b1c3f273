using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace PachUp.Sandbox.Server.Hosting;

/// <summary>Tells calls on the peer port from calls on the public port.</summary>
internal static class PeerPort
{
    private static readonly object Key = new();

    /// <summary>Marks the connections of a port.</summary>
    public static ListenOptions Mark(ListenOptions listen)
    {
        listen.Use(next => connection =>
        {
            connection.Items[Key] = true;
            return next(connection);
        });
        return listen;
    }

    /// <summary>Whether a call came through a marked port.</summary>
    public static bool IsUsedBy(HttpContext call) => call.Features.Get<IConnectionItemsFeature>()?.Items.ContainsKey(Key) is true;
}
