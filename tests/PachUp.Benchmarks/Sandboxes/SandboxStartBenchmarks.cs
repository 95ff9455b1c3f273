using System.Net;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using PachUp.Pachyderm;
using PachUp.Sandbox;

namespace PachUp.Benchmarks.Sandboxes;

/// <summary>The start time of a sandbox in memory, compared with a web server without services.</summary>
public class SandboxStartBenchmarks
{
    /// <summary>Starts and stops a web server without services.</summary>
    [Benchmark(Baseline = true)]
    public async Task StartBareServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var server = builder.Build();
        await server.StartAsync();
        await server.StopAsync();
    }

    /// <summary>Starts and stops a sandbox.</summary>
    [Benchmark]
    public async Task StartSandbox()
    {
        await using var cluster = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 9, 12) });
    }
}
