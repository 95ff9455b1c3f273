using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace PachUp.Benchmarks;

/// <summary>The settings of BenchmarkDotNet: it measures in this process, without a new build and without files.</summary>
internal static class Jobs
{
    /// <param name="isShort">Whether to measure only a few times and allow a debug build, as in CI.</param>
    public static IConfig For(bool isShort) => ManualConfig.CreateEmpty()
        .WithOptions(isShort ? ConfigOptions.DisableLogFile | ConfigOptions.DisableOptimizationsValidator : ConfigOptions.DisableLogFile)
        .AddLogger(ConsoleLogger.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddJob((isShort ? Job.Dry.WithIterationCount(3) : Job.ShortRun).WithToolchain(InProcessEmitToolchain.Instance));
}
