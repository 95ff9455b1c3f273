using PachUp.Engine.Plugins;
using PachUp.Engine.Runs;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Verification;

/// <summary>
/// Compares any two of live clusters and saved inventories, as <c>pachup verify</c> does: what the second has to hold is foreseen from the first,
/// by the route between their lines where they differ.
/// </summary>
/// <param name="catalogue">The routes.</param>
/// <param name="addresses">Finds the certificates and tokens of addresses.</param>
/// <param name="runs">Knows which pipelines are stopped only because a run paused them; they count as running.</param>
public sealed class ClusterComparison(Catalogue catalogue, AddressResolver addresses, PausedByRuns runs)
{
    /// <summary>Compares the two.</summary>
    /// <param name="source">An address, or the path of a saved inventory (<c>*.json</c>).</param>
    /// <param name="target">The same for what is compared with it.</param>
    /// <param name="progress">Told what is being read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="AddressException">One of them is neither.</exception>
    /// <exception cref="FormatException">A file is not an inventory.</exception>
    /// <exception cref="StepFailedException">No plugin knows the way between the two lines.</exception>
    public async Task<VerificationReport> CompareAsync(string source, string target, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var expected = await ReadAsync(source, "--source", new InventoryOptions { CountObjects = true, ProbeFiles = true }, progress, cancellationToken);
        var actual = await ReadAsync(target, "--target", new InventoryOptions { CountObjects = true }, progress, cancellationToken);
        var foresight = Foresee(runs.Undo(expected), actual);
        if (IsFile(target))
        {
            return Verifier.Compare(WithProbesOfBoth(foresight, actual), actual);
        }

        await using var client = PachdClient.Create(addresses.Resolve(target, "--target"));
        var probes = await Verifier.ReadProbesAsync(client, foresight.Expected.Probes, progress: null, cancellationToken);
        return Verifier.Compare(foresight, actual with { Probes = probes });
    }

    private async Task<ClusterInventory> ReadAsync(
        string place, string option, InventoryOptions options, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (IsFile(place))
        {
            return await InventoryFile.ReadAsync(place, cancellationToken);
        }

        await using var client = PachdClient.Create(addresses.Resolve(place, option));
        return await InventoryReader.ReadAsync(client, options, progress, cancellationToken);
    }

    private Foresight Foresee(ClusterInventory source, ClusterInventory target)
    {
        if (source.Release.Line == target.Release.Line)
        {
            return new Foresight { Expected = source };
        }

        return catalogue.FindRoute(source.Release.Line, target.Release.Line)?.Foresee(source, target.Release)
            ?? throw new StepFailedException(
                $"no plugin knows what a {source.Release} becomes in {target.Release}", "See what is there with \"pachup plugin list\".");
    }

    /// <summary>A file cannot be read again on the day after: only what both inventories read is compared.</summary>
    private static Foresight WithProbesOfBoth(Foresight foresight, ClusterInventory actual)
    {
        var read = actual.Probes.Select(probe => (probe.Repo, probe.Branch, probe.Path)).ToHashSet();
        var both = foresight.Expected.Probes.Where(probe => read.Contains((probe.Repo, probe.Branch, probe.Path)));
        return foresight with { Expected = foresight.Expected with { Probes = [.. both] } };
    }

    private static bool IsFile(string place) => place.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}
