using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace PachUp.Benchmarks;

/// <summary>How often things are measured: in this process, so that nothing has to be built anew, and without leaving files behind.</summary>
internal static class Jobs
{
    /// <param name="isShort">Whether to measure few times, and also what was not built for speed, as CI does.</param>
    public static IConfig For(bool isShort) => ManualConfig.CreateEmpty()
        .WithOptions(isShort ? ConfigOptions.DisableLogFile | ConfigOptions.DisableOptimizationsValidator : ConfigOptions.DisableLogFile)
        .AddLogger(ConsoleLogger.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddJob((isShort ? Job.Dry.WithIterationCount(3) : Job.ShortRun).WithToolchain(InProcessEmitToolchain.Instance));
}
