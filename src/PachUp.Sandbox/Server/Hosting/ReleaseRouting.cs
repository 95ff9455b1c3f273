using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using PachUp.Pachyderm;
using PachUp.Sandbox.Server.Services;

namespace PachUp.Sandbox.Server.Hosting;

/// <summary>
/// Handles requests before the services do: refuses the object API on the public port, refuses methods that the release does not have, and sends methods
/// whose answers had another type to <see cref="EarlierApi"/>.
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

    /// <summary>The public port of a production server does not know the service, even for methods that the release has.</summary>
    private bool IsClosed(string method, HttpContext context) =>
        !exposesObjectApi && method.StartsWith($"/{ObjectApi}/", StringComparison.Ordinal) && !PeerPort.IsUsedBy(context);

    private static void Refuse(HttpResponse response, string message)
    {
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)StatusCode.Unimplemented).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(message).Replace("%20", " ", StringComparison.Ordinal);
    }
}
