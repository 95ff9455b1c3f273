using PachUp.Engine.Plans;
using PachUp.Sdk;

namespace PachUp.Model.Sandboxes;

/// <summary>A plan and the sandboxes for trying it.</summary>
/// <param name="clusters">The clusters.</param>
/// <param name="plan">The plan, as the command line changes it.</param>
/// <param name="backup">The backup that was made for it to restore; null for none.</param>
internal sealed class SandboxTrial(SandboxClusters clusters, PlanDocument plan, SampleBackup? backup) : IAsyncDisposable
{
    /// <summary>The platform of the clusters.</summary>
    public IPlatform Platform => clusters.Platform;

    /// <summary>What the command line changes in the plan, with the addresses of the clusters.</summary>
    public PlanOverrides Overrides => clusters.OverridesOf(plan);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await clusters.DisposeAsync();
        backup?.Dispose();
    }
}
