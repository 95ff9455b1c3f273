using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.Testing;

namespace PachUp.Benchmarks.Rehearsals;

/// <summary>
/// Rehearses the shipped plan with clusters of two sizes. The time per commit has to be about the same for both. If the time were quadratic, the
/// ratio would be that of the sizes.
/// </summary>
/// <param name="output">Receives the results.</param>
/// <param name="target">The release of the target.</param>
internal sealed class RehearsalBenchmark(TextWriter output, string target)
{
    private const string Plan = "pachyderm-1.8.7-to-1.9.0";
    private static readonly Release Source = new(1, 8, 8);

    /// <summary>Runs the benchmark.</summary>
    /// <returns>Whether all rehearsals succeeded.</returns>
    public async Task<bool> RunAsync(bool isShort)
    {
        ClusterSize[] sizes = isShort ? [new(50, 1_000, 20), ClusterSize.Tenth] : [ClusterSize.Tenth, ClusterSize.Full];
        await output.WriteLineAsync("| commits | repos | pipelines | time | processor time | per commit | peak memory |");
        await output.WriteLineAsync("| --- | --- | --- | --- | --- | --- | --- |");
        var costs = new List<double>();
        foreach (var size in sizes)
        {
            var measured = await MeasureAsync(size);
            var cost = measured.ProcessorTime.TotalMilliseconds / size.Commits;
            costs.Add(cost);
            await output.WriteLineAsync(FormattableString.Invariant(
                $"| {size.Commits:#,0} | {size.Repos:#,0} | {size.Pipelines:#,0} | {measured.Time.TotalSeconds:0.0} s | {measured.ProcessorTime.TotalSeconds:0.0} s | {cost:0.00} ms | {measured.PeakBytes >> 20} MB |"));
            if (measured.ExitCode != 0)
            {
                await output.WriteLineAsync($"The rehearsal ended with exit code {measured.ExitCode}:\n{measured.Answer}");
                return false;
            }
        }

        await output.WriteLineAsync(FormattableString.Invariant($"Cost of a commit, the large cluster to the small one: {costs[1] / costs[0]:0.00}"));
        return true;
    }

    private async Task<MeasuredProcess> MeasureAsync(ClusterSize size)
    {
        await using var source = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = Source });
        source.Fill(LargeCluster.Of(Source, size));
        return await MeasuredProcess.RunAsync(
            "dotnet", Path.Combine(AppContext.BaseDirectory, "PachUp.dll"), "rehearse", Plan, "--source", source.Address.ToString(), "--to", target);
    }
}
