using BenchmarkDotNet.Running;
using McMaster.Extensions.CommandLineUtils;
using PachUp.Benchmarks.Archives;
using PachUp.Benchmarks.Rehearsals;
using PachUp.Benchmarks.Sandboxes;

namespace PachUp.Benchmarks;

/// <summary>Runs the benchmarks and prints their results. Compare only results of the same run.</summary>
[Command("benchmarks", Description = "Measures rehearsals, archives and the start of a sandbox.")]
public sealed class BenchmarksCommand
{
    /// <summary>Whether to measure only a few times, to test the benchmarks and see the order of magnitude.</summary>
    [Option("--short", "Measures small sizes few times: some ten seconds in all, for CI", CommandOptionType.NoValue)]
    public bool Short { get; init; }

    /// <summary>The only part to measure.</summary>
    [Option("--only <PART>", "Measures one part: rehearsal, archive or sandbox", CommandOptionType.SingleValue)]
    public string? Only { get; init; }

    /// <summary>The release of the target.</summary>
    [Option("--to <RELEASE>", "Rehearses with another point release of the target. Default: 1.9.0", CommandOptionType.SingleValue)]
    public string To { get; init; } = "1.9.0";

    /// <summary>Runs the benchmarks. Exit code 0: done; 1: a rehearsal failed; 2: invalid options.</summary>
    public async Task<int> OnExecuteAsync(CommandLineApplication application)
    {
        if (Only is not (null or "rehearsal" or "archive" or "sandbox"))
        {
            await application.Error.WriteLineAsync($"There is no part \"{Only}\"; choose rehearsal, archive or sandbox.");
            return 2;
        }

        if (Only is null or "archive")
        {
            BenchmarkRunner.Run<ArchiveBenchmarks>(Jobs.For(Short));
        }

        if (Only is null or "sandbox")
        {
            BenchmarkRunner.Run<SandboxStartBenchmarks>(Jobs.For(Short));
        }

        return Only is not (null or "rehearsal") || await new RehearsalBenchmark(application.Out, To).RunAsync(Short) ? 0 : 1;
    }
}
