using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace PachUp.Sandbox.Server.Hosting;

/// <summary>Tells the calls that come through the peer port from those that come through the public one.</summary>
internal static class PeerPort
{
    private static readonly object Key = new();

    /// <summary>Marks every connection that is made to a port.</summary>
    public static ListenOptions Mark(ListenOptions listen)
    {
        listen.Use(next => connection =>
        {
            connection.Items[Key] = true;
            return next(connection);
        });
        return listen;
    }

    /// <summary>Whether a call came through a port that is marked.</summary>
    public static bool IsUsedBy(HttpContext call) => call.Features.Get<IConnectionItemsFeature>()?.Items.ContainsKey(Key) is true;
}
