using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PachUp.PackageFeed;

/// <summary>
/// A NuGet server of version 3 in the process: service index, versions and packages ("flat container") and search, as
/// https://learn.microsoft.com/nuget/api/overview describes them.
/// </summary>
public sealed class TestFeed : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<(string Id, string Version), (TestPackage Package, byte[] Content)> _packages = new();

    private TestFeed()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Use(AnswerFaultyAsync);
        _server.MapGet("/v3/index.json", () => Results.Json(Index()));
        _server.MapGet("/v3/flat/{id}/index.json", (string id) => VersionsOf(id));
        _server.MapGet("/v3/flat/{id}/{version}/{file}", (string id, string version, string file) => File(id, version));
        _server.MapGet("/v3/search", (string? q, string? packageType) => Results.Json(Search(q ?? "", packageType)));
    }

    /// <summary>The URL of its service index.</summary>
    public string Url => $"{_server.Urls.Single()}/v3/index.json";

    /// <summary>The user name and password that it wants; null for none.</summary>
    public string? Credentials { get; set; }

    /// <summary>What it does instead of giving out packages; null to give them out.</summary>
    public Func<HttpContext, byte[], Task>? OnPackage { get; set; }

    /// <summary>What it does instead of answering anything; null to answer.</summary>
    public Func<HttpContext, Task>? OnRequest { get; set; }

    /// <summary>The paths that were asked for, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Starts a server with these packages.</summary>
    public static async Task<TestFeed> StartAsync(params TestPackage[] packages)
    {
        var feed = new TestFeed();
        foreach (var package in packages)
        {
            await feed.AddAsync(package);
        }

        await feed._server.StartAsync();
        return feed;
    }

    /// <summary>Publishes a package.</summary>
    public async Task AddAsync(TestPackage package) =>
        _packages[(Lower(package.Id), Lower(package.Version))] = (package, await package.BuildAsync());

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerFaultyAsync(HttpContext context, RequestDelegate next)
    {
        Requests.Enqueue(context.Request.Path);
        if (Credentials is { } wanted && context.Request.Headers.Authorization != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(wanted))}")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"packages\"";
        }
        else if (OnRequest is { } onRequest)
        {
            await onRequest(context);
        }
        else if (OnPackage is { } onPackage && context.Request.Path.Value!.EndsWith(".nupkg", StringComparison.Ordinal))
        {
            var parts = context.Request.Path.Value.Split('/');
            await onPackage(context, _packages[(parts[^3], parts[^2])].Content);
        }
        else
        {
            await next(context);
        }
    }

    private object Index() => new
    {
        version = "3.0.0",
        resources = new Dictionary<string, string>[]
        {
            new() { ["@id"] = $"{_server.Urls.Single()}/v3/flat/", ["@type"] = "PackageBaseAddress/3.0.0" },
            new() { ["@id"] = $"{_server.Urls.Single()}/v3/search", ["@type"] = "SearchQueryService/3.5.0" },
        },
    };

    private IResult VersionsOf(string id)
    {
        var versions = _packages.Keys.Where(package => package.Id == id).Select(package => package.Version).ToList();
        return versions.Count == 0 ? Results.NotFound() : Results.Json(new { versions });
    }

    private IResult File(string id, string version) =>
        _packages.TryGetValue((id, version), out var package) ? Results.Bytes(package.Content, "application/octet-stream") : Results.NotFound();

    private object Search(string term, string? type)
    {
        var found = _packages.Values
            .Where(known => known.Package.Id.Contains(term, StringComparison.OrdinalIgnoreCase) && (type is null || known.Package.IsOfType(type)))
            .Select(known => new { id = known.Package.Id, version = known.Package.Version, description = "for tests", authors = new[] { "Acme" }, versions = Array.Empty<object>() })
            .ToList();
        return new { totalHits = found.Count, data = found };
    }

    private static string Lower(string text) => text.ToLowerInvariant();
}
