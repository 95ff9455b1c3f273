using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace PachUp.Benchmarks;

/// <summary>How often things are measured. In this process, so that nothing has to be built anew.</summary>
internal static class Jobs
{
    /// <param name="isShort">Whether to measure few times, and also what was not built for speed, as CI does.</param>
    public static IConfig For(bool isShort) => ManualConfig.Create(DefaultConfig.Instance)
        .WithOptions(isShort ? ConfigOptions.DisableLogFile | ConfigOptions.DisableOptimizationsValidator : ConfigOptions.DisableLogFile)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddJob((isShort ? Job.Dry.WithIterationCount(3) : Job.ShortRun).WithToolchain(InProcessEmitToolchain.Instance));
}
