using Microsoft.AspNetCore.Http;
using PachUp.Pachyderm.Connections;

namespace PachUp.Sandbox.Server.Hosting;

/// <summary>
/// Keeps all clients but PachUp out of the public port while the server is fenced, as a service that leads to no pod does. The peer port stays open, as the
/// port of the pod does.
/// </summary>
internal sealed class Fence(Pachd pachd)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (pachd.IsFenced && !PeerPort.IsUsedBy(context) && !IsFromPachUp(context))
        {
            context.Abort();
            return;
        }

        await next(context);
    }

    private static bool IsFromPachUp(HttpContext context) =>
        context.Request.Headers.UserAgent.Any(agent => agent is not null && agent.Contains(PachdClient.UserAgent, StringComparison.Ordinal));
}
