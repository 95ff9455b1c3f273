using System.Collections.Concurrent;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sandbox.Server.Data;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Sandbox;

/// <summary>The platform <c>sandbox</c>: the clusters run in this process, so that a plan can be tried without a server.</summary>
/// <param name="sites">
/// Where the clusters run. Undeploying stops a cluster. Deploying starts a stopped cluster again, and only checks that a running one answers.
/// </param>
public sealed class SandboxPlatform(params IReadOnlyList<SandboxSite> sites) : ILockingPlatform, IMetadataLimitPlatform
{
    private const string GoneForGood = "A sandbox keeps its state in memory only. Start the rehearsal again.";

    private readonly ConcurrentDictionary<SandboxSite, LockHolder> _locks = new();

    /// <summary>What plans call it.</summary>
    public const string PlatformName = "sandbox";

    /// <summary>
    /// Whether it reports how many operations the etcd of a cluster accepts in one transaction. Default: yes. Set it to no where the clusters stand in for
    /// real ones, whose limit is not known.
    /// </summary>
    public bool ShowsTransactionLimit { get; init; } = true;

    /// <inheritdoc/>
    public string Name => PlatformName;

    /// <inheritdoc/>
    public Task<StepPreview> PreviewAsync(PlatformAction action, ICluster cluster, IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(action switch
        {
            PlatformAction.Save => new StepPreview($"Nothing to save: the {cluster.Name} is a sandbox"),
            PlatformAction.Undeploy => new StepPreview($"Stops the sandbox of pachd {SiteOf(cluster).Release}")
            {
                Effects = [new Effect("stop", $"sandbox at {cluster.Address}")],
            },
            PlatformAction.Fence => new StepPreview($"Keeps clients other than PachUp out of the sandbox at {cluster.Address}")
            {
                Effects = [new Effect("fence", $"sandbox at {cluster.Address}")],
            },
            PlatformAction.Unfence => new StepPreview($"Lets clients into the sandbox at {cluster.Address} again"),
            PlatformAction.Switch => new StepPreview($"Nothing to do: the sandbox at {cluster.Address} has no other clients"),
            PlatformAction.Wait wait => new StepPreview($"Waits until the sandbox of pachd {wait.Release} takes calls at {cluster.Address}"),
            PlatformAction.Deploy { FreshMetadata: false } deploy => new StepPreview($"Starts a sandbox of pachd {deploy.Release} with what the cluster holds")
            {
                Effects = [new Effect("start", $"sandbox at {cluster.Address}")],
            },
            PlatformAction.Deploy deploy => new StepPreview($"Checks that the sandbox of pachd {deploy.Release} answers and is empty"),
            _ => throw Unsupported(action),
        });

    /// <inheritdoc/>
    public Task<StepResult> ExecuteAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
        action switch
        {
            PlatformAction.Save => Task.FromResult(new StepResult("Nothing saved: it is a sandbox")),
            PlatformAction.Fence => Task.FromResult(Fence(cluster)),
            PlatformAction.Unfence => Task.FromResult(Unfence(cluster)),
            PlatformAction.Switch => Task.FromResult(new StepResult("Nothing to do: the sandbox has no other clients")),
            PlatformAction.Wait wait => AnswerAsync(wait.Release, cluster, cancellationToken),
            PlatformAction.Undeploy => StopAsync(cluster),
            PlatformAction.Deploy { FreshMetadata: false } deploy => StartAsync(deploy.Release, cluster, cancellationToken),
            PlatformAction.Deploy deploy => LookAsync(deploy, cluster, cancellationToken),
            _ => throw Unsupported(action),
        };

    /// <inheritdoc/>
    public async Task<StepResult> RevertAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
        action switch
        {
            PlatformAction.Undeploy when SiteOf(cluster).KeepsMetadata => await StartAsync(execution.Survey.Source.Release, cluster, cancellationToken),
            PlatformAction.Undeploy => throw new StepFailedException($"the sandbox of the {cluster.Name} was stopped and cannot come back", GoneForGood),
            PlatformAction.Deploy { FreshMetadata: false } => await StopAsync(cluster),
            PlatformAction.Fence => Unfence(cluster),
            PlatformAction.Unfence => Fence(cluster),
            _ => new StepResult("Nothing to undo"),
        };

    /// <inheritdoc/>
    public string DescribeRevert(PlatformAction action, ICluster cluster, IStepContext context) => action switch
    {
        PlatformAction.Undeploy when SiteOf(cluster).KeepsMetadata => $"Starts the sandbox of the {cluster.Name} again, with what it held.",
        PlatformAction.Undeploy => $"The sandbox of the {cluster.Name} was stopped and cannot come back.",
        PlatformAction.Deploy { FreshMetadata: false } => $"Stops the sandbox of the {cluster.Name}.",
        PlatformAction.Fence => "Lets clients in again, as before.",
        PlatformAction.Unfence => "Keeps clients out again, until the fence itself is undone.",
        _ => "Nothing to undo: it is a sandbox.",
    };

    /// <inheritdoc/>
    public Task<LockHolder?> TryLockAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken)
    {
        var kept = _locks.GetOrAdd(SiteOf(cluster), holder);
        return Task.FromResult(kept == holder ? null : kept);
    }

    /// <inheritdoc/>
    public Task<LockHolder?> FindLockAsync(ICluster cluster, CancellationToken cancellationToken) => Task.FromResult(_locks.GetValueOrDefault(SiteOf(cluster)));

    /// <inheritdoc/>
    public Task UnlockAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken)
    {
        _locks.TryRemove(KeyValuePair.Create(SiteOf(cluster), holder));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<int?> GetTransactionLimitAsync(ICluster cluster, CancellationToken cancellationToken) =>
        Task.FromResult(ShowsTransactionLimit ? SiteOf(cluster).MaxTxnOps : (int?)null);

    private StepResult Fence(ICluster cluster)
    {
        SiteOf(cluster).IsFenced = true;
        return new StepResult($"Clients are kept out of the sandbox at {cluster.Address}");
    }

    private StepResult Unfence(ICluster cluster)
    {
        SiteOf(cluster).IsFenced = false;
        return new StepResult($"Clients are let into the sandbox at {cluster.Address}");
    }

    private async Task<StepResult> StopAsync(ICluster cluster)
    {
        var site = SiteOf(cluster);
        await site.StopAsync();
        return new StepResult($"Stopped the sandbox of pachd {site.Release}");
    }

    private async Task<StepResult> StartAsync(Release release, ICluster cluster, CancellationToken cancellationToken)
    {
        try
        {
            await SiteOf(cluster).StartAgainAsync(release, cancellationToken);
            return new StepResult($"The sandbox of pachd {release} answers at {cluster.Address}");
        }
        catch (Exception e) when (e is SandboxException or DataDirectoryException)
        {
            throw new StepFailedException(e.Message, GoneForGood, e);
        }
    }

    private static async Task<StepResult> AnswerAsync(Release wanted, ICluster cluster, CancellationToken cancellationToken)
    {
        var release = await cluster.Connect().GetReleaseAsync(cancellationToken);
        return release == wanted
            ? new StepResult($"The sandbox of pachd {release} takes calls at {cluster.Address}")
            : throw Unready(cluster.Connect(), $"is a {release}, not a {wanted}");
    }

    private static async Task<StepResult> LookAsync(PlatformAction.Deploy deploy, ICluster cluster, CancellationToken cancellationToken)
    {
        var client = cluster.Connect();
        var release = await client.GetReleaseAsync(cancellationToken);
        var repos = await client.ListReposAsync(cancellationToken);
        return (release == deploy.Release, repos.Count) switch
        {
            (false, _) => throw Unready(client, $"is a {release}, not a {deploy.Release}"),
            (_, > 0) => throw Unready(client, $"has {repos.Count} repos already"),
            _ => new StepResult($"The sandbox of pachd {release} answers at {cluster.Address} and is empty"),
        };
    }

    private SandboxSite SiteOf(ICluster cluster) => sites.FirstOrDefault(site => site.Address.IsSameEndpoint(cluster.Address)) ?? sites[^1];

    private static StepFailedException Unready(PachdClient client, string problem) =>
        new($"the sandbox at {client.Address} {problem}", GoneForGood) { Kind = FailureKind.Refused };

    private static StepFailedException Unsupported(PlatformAction action) =>
        new($"the platform \"sandbox\" cannot {action.GetType().Name.ToLowerInvariant()}", "Leave the step out of the plan.");
}
