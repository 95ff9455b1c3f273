using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using PachUp.Pachyderm;
using PachUp.Sandbox.Server.Services;

namespace PachUp.Sandbox.Server.Hosting;

/// <summary>
/// Stands before the services: keeps the object API off the public port, answers methods that the release does not have as it does, and leads
/// those whose messages had another shape in it to <see cref="EarlierApi"/>.
/// </summary>
internal sealed class ReleaseRouting(Release release, bool exposesObjectApi)
{
    private const string ObjectApi = "pfs.ObjectAPI";

    private readonly MethodTable _methods = new(release);
    private readonly bool _hasEarlierShapes = !ReleaseTraits.Of(release).ListsObjectInfos;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var method = context.Request.Path.Value ?? "";
        if (IsClosed(method, context))
        {
            Refuse(context.Response, $"unknown service {ObjectApi}");
            return;
        }

        if (!_methods.Has(method))
        {
            Refuse(context.Response, _methods.RefusalOf(method));
            return;
        }

        if (_hasEarlierShapes && EarlierApi.PathOf(method) is { } path)
            context.Request.Path = path;

        await next(context);
    }

    /// <summary>To the public port of a server in production the whole service is unknown, whichever of its methods the release has.</summary>
    private bool IsClosed(string method, HttpContext context) =>
        !exposesObjectApi && method.StartsWith($"/{ObjectApi}/", StringComparison.Ordinal) && !PeerPort.IsUsedBy(context);

    private static void Refuse(HttpResponse response, string message)
    {
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)StatusCode.Unimplemented).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(message).Replace("%20", " ", StringComparison.Ordinal);
    }
}
