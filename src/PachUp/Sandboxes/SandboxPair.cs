using PachUp.Engine.Plans;
using PachUp.Sandbox;
using PachUp.Sdk;

namespace PachUp.Sandboxes;

/// <summary>Two clusters in this process to try a plan between: one with some state, one empty.</summary>
internal sealed class SandboxPair : IAsyncDisposable
{
    private readonly SandboxCluster _source;
    private readonly SandboxCluster _target;

    private SandboxPair(SandboxCluster source, SandboxCluster target)
    {
        (_source, _target) = (source, target);
        Platform = new SandboxPlatform(source, target);
    }

    /// <summary>The platform that both are on.</summary>
    public IPlatform Platform { get; }

    /// <summary>Starts both and fills the source.</summary>
    /// <param name="cast">What they behave as.</param>
    /// <param name="archive">What to fill the source with.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SandboxException">There is no sandbox of one of the releases, or the source refuses the archive.</exception>
    public static async Task<SandboxPair> StartAsync(SandboxCast cast, string archive, CancellationToken cancellationToken)
    {
        var bucket = new SandboxObjectStore();
        var targetOptions = new SandboxOptions { Release = cast.Target, ObjectStore = cast.ShareBucket ? bucket : null };
        var right = await SandboxCluster.StartAsync(targetOptions, cancellationToken);
        var left = await SandboxCluster.StartAsync(new SandboxOptions { Release = cast.Source, ObjectStore = bucket }, cancellationToken);
        var pair = new SandboxPair(left, right);
        try
        {
            await left.FillAsync(archive, cancellationToken);
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the command line changes in a plan, with the addresses of the two.</summary>
    public PlanOverrides AddressesIn(PlanOverrides overrides) =>
        overrides with { Source = _source.Address.ToString(), Target = _target.Address.ToString() };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _target.DisposeAsync();
    }
}
