using System.Collections.Concurrent;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Sandbox;

/// <summary><c>sandbox</c>: both clusters run in this process, so that a plan can be tried without a server.</summary>
/// <param name="source">The cluster that is left behind; undeploying it stops it.</param>
/// <param name="target">The cluster that is moved to. It runs already: deploying only looks whether it answers.</param>
public sealed class SandboxPlatform(SandboxCluster source, SandboxCluster target) : ILockingPlatform
{
    private const string GoneForGood = "A sandbox keeps its state in memory only. Start the rehearsal again.";

    private readonly ConcurrentDictionary<SandboxCluster, LockHolder> _locks = new();

    /// <inheritdoc/>
    public string Name => "sandbox";

    /// <inheritdoc/>
    public Task<StepPreview> PreviewAsync(PlatformAction action, ICluster cluster, IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(action switch
        {
            PlatformAction.Save => new StepPreview($"Nothing to keep: the {cluster.Name} is a sandbox"),
            PlatformAction.Undeploy => new StepPreview($"Stops the sandbox of pachd {Of(cluster).Release}")
            {
                Effects = [new Effect("stop", $"sandbox at {cluster.Address}")],
            },
            PlatformAction.Fence or PlatformAction.Unfence => new StepPreview($"Nothing to do: nobody else knows the sandbox at {cluster.Address}"),
            PlatformAction.Wait wait => new StepPreview($"Waits until the sandbox of pachd {wait.Release} takes calls at {cluster.Address}"),
            PlatformAction.Deploy deploy => new StepPreview($"Looks whether the sandbox of pachd {deploy.Release} answers, empty"),
            _ => throw Unsupported(action),
        });

    /// <inheritdoc/>
    public Task<StepResult> ExecuteAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
        action switch
        {
            PlatformAction.Save => Task.FromResult(new StepResult("Nothing kept: it is a sandbox")),
            PlatformAction.Fence or PlatformAction.Unfence => Task.FromResult(new StepResult("Nothing to do: nobody else knows the sandbox")),
            PlatformAction.Wait wait => AnswerAsync(wait.Release, cluster, cancellationToken),
            PlatformAction.Undeploy => StopAsync(cluster),
            PlatformAction.Deploy deploy => LookAsync(deploy, cluster, cancellationToken),
            _ => throw Unsupported(action),
        };

    /// <inheritdoc/>
    public Task<StepResult> RevertAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
        action is PlatformAction.Undeploy
            ? throw new StepFailedException($"the sandbox of the {cluster.Name} was stopped and cannot come back", GoneForGood)
            : Task.FromResult(new StepResult("Nothing to undo"));

    /// <inheritdoc/>
    public string DescribeRevert(PlatformAction action, ICluster cluster, IStepContext context) => action is PlatformAction.Undeploy
        ? $"The sandbox of the {cluster.Name} was stopped and cannot come back."
        : "Nothing to undo: it is a sandbox.";

    /// <inheritdoc/>
    public Task<LockHolder?> TryLockAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken)
    {
        var kept = _locks.GetOrAdd(Of(cluster), holder);
        return Task.FromResult(kept == holder ? null : kept);
    }

    /// <inheritdoc/>
    public Task UnlockAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken)
    {
        _locks.TryRemove(KeyValuePair.Create(Of(cluster), holder));
        return Task.CompletedTask;
    }

    private async Task<StepResult> StopAsync(ICluster cluster)
    {
        await Of(cluster).DisposeAsync();
        return new StepResult($"Stopped the sandbox of pachd {Of(cluster).Release}");
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
            _ => new StepResult($"The sandbox of pachd {release} answers at {cluster.Address}, empty"),
        };
    }

    private SandboxCluster Of(ICluster cluster) => cluster.Address.IsSameEndpoint(source.Address) ? source : target;

    private static StepFailedException Unready(PachdClient client, string problem) =>
        new($"the sandbox at {client.Address} {problem}", GoneForGood) { Kind = FailureKind.Refused };

    private static StepFailedException Unsupported(PlatformAction action) =>
        new($"the platform \"sandbox\" cannot {action.GetType().Name.ToLowerInvariant()}", "Leave the step out of the plan.");
}
