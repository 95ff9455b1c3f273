using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Plugins.Kubernetes.Locking;

/// <summary>
/// The lock of a deployment: an object that only one process can create. It is a Lease, or a ConfigMap if the server has no leases (1.10). It has no
/// label
/// of Pachyderm, so undeploying does not delete it.
/// </summary>
internal sealed class NamespaceLock(KubeApi api)
{
    private const string Name = "pachup-lock";
    private const string HolderAnnotation = "pachup.io/lock-holder";

    /// <summary>The longest description of a holder. Kubernetes takes 256 KiB for all annotations of an object.</summary>
    private const int MostCharacters = 200 * 1024;

    /// <summary>Less than a user would notice: the step that begins waits for it.</summary>
    private static readonly TimeSpan UpdateLimit = TimeSpan.FromSeconds(10);

    private readonly KubeApi _once = api.WithoutRetry();

    /// <summary>The lock as this process wrote it last; null if it does not have it.</summary>
    private JsonObject? _held;

    private readonly ApiResource _kind = api.Catalogue.Find("Lease") ?? api.Catalogue.Get("ConfigMap");

    /// <summary>Takes the lock if it is free.</summary>
    /// <returns>Who has it; null if <paramref name="holder"/> has it now.</returns>
    public async Task<LockHolder?> TryTakeAsync(LockHolder holder, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                _held = await api.CreateAsync(LockOf(holder), cancellationToken);
                return null;
            }
            catch (KubeException e) when (e.IsNotFound)
            {
                // The cluster is not deployed yet, so its namespace may not exist.
                await api.CreateNamespaceAsync(cancellationToken);
            }
            catch (KubeException e) when (e.IsConflict)
            {
                // Between the two requests the other process may have released the lock: then there is no holder, and it is free.
                if (await api.FindAsync(_kind, Name, cancellationToken) is { } present)
                {
                    return HolderOf(present) is { } other && other != holder ? other : null;
                }
            }
        }
    }

    /// <summary>Writes what the holder says about itself now, in one request. A lock that was deleted is taken again.</summary>
    /// <returns>Who has it if it is another; null if it was written.</returns>
    /// <exception cref="KubeException">The server refuses it, or does not answer.</exception>
    public async Task<LockHolder?> UpdateAsync(LockHolder holder, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(UpdateLimit);
        try
        {
            return await WriteAsync(holder, limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new KubeException(0, $"the API server has not answered within {UpdateLimit.TotalSeconds} s", e);
        }
    }

    /// <summary>The holder of the lock; null if it is free.</summary>
    public async Task<LockHolder?> FindHolderAsync(CancellationToken cancellationToken) =>
        await api.FindAsync(_kind, Name, cancellationToken) is { } present ? HolderOf(present) : null;

    /// <summary>The same for a plan, also from an answer of the last seconds: a run in place asks for source and target. See <see cref="KubeApi.FindRecentAsync"/>.</summary>
    public async Task<LockHolder?> FindRecentHolderAsync(CancellationToken cancellationToken) =>
        await api.FindRecentAsync(_kind, Name, cancellationToken) is { } present ? HolderOf(present) : null;

    /// <summary>The lock in words; nothing if it is free or PachUp may not read it.</summary>
    public async Task<ImmutableArray<DeploymentFact>> DescribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await FindHolderAsync(cancellationToken) is { } holder
                ? [new DeploymentFact("Lock", $"run {holder.Run} of {holder.User} on {holder.Host}, since {holder.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC{(holder.InStep.Length > 0 ? $", in step {holder.InStep}" : "")}")]
                : [];
        }
        catch (KubeException e) when (e.IsForbidden)
        {
            return [];
        }
    }

    /// <summary>Releases the lock if this holder has it.</summary>
    public async Task GiveBackAsync(LockHolder holder, CancellationToken cancellationToken)
    {
        // A lock that another run took over is another object, which the server does not delete.
        if ((_held ?? await api.FindAsync(_kind, Name, cancellationToken)) is { } present && HolderOf(present) == holder)
        {
            _held = null;
            await api.DeleteAsync(present, cancellationToken);
        }
    }

    /// <exception cref="StepFailedException">The lock was not created by PachUp.</exception>
    private static LockHolder HolderOf(JsonObject value)
    {
        try
        {
            return JsonSerializer.Deserialize<LockHolder>(value.Annotation(HolderAnnotation))!;
        }
        catch (JsonException e)
        {
            throw new StepFailedException(
                $"{value.Title()} in namespace \"{value.Namespace()}\" does not name its holder",
                $"Find out who created it. If no process works on the cluster, delete it: kubectl -n {value.Namespace()} delete "
                    + $"{value.Kind().ToLowerInvariant()} {Name}",
                e);
        }
    }

    private async Task<LockHolder?> WriteAsync(LockHolder holder, CancellationToken cancellationToken)
    {
        while (_held is null || !await TryWriteAsync(holder, _held, cancellationToken))
        {
            if (await _once.FindAsync(_kind, Name, cancellationToken) is not { } present)
            {
                return await TryTakeAsync(holder, cancellationToken);
            }

            if (HolderOf(present) is var other && other != holder)
            {
                return other;
            }

            _held = present;
        }

        return null;
    }

    /// <summary>Writes the holder into the lock, unless somebody has changed or deleted the lock since it was read. Nothing that is listed changes.</summary>
    private async Task<bool> TryWriteAsync(LockHolder holder, JsonObject read, CancellationToken cancellationToken)
    {
        var metadata = new JsonObject
        {
            ["resourceVersion"] = read.Metadata().Text("resourceVersion"),
            ["annotations"] = new JsonObject { [HolderAnnotation] = Describe(holder) },
        };
        try
        {
            var path = _kind.PathOf(api.Namespace, Name);
            _held = await _once.Transport.SendAsync(HttpMethod.Patch, path, new JsonObject { ["metadata"] = metadata }, cancellationToken, KubeApi.MergePatch);
            return true;
        }
        catch (KubeException e) when (e.IsConflict || e.IsNotFound)
        {
            return false;
        }
    }

    // Without the names of very many pipelines, the lock still keeps others out.
    private static string Describe(LockHolder holder) =>
        JsonSerializer.Serialize(holder) is var whole && whole.Length <= MostCharacters ? whole : JsonSerializer.Serialize(holder with { Pipelines = [] });

    private JsonObject LockOf(LockHolder holder)
    {
        var value = new JsonObject
        {
            ["apiVersion"] = _kind.ApiVersion,
            ["kind"] = _kind.Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = Name,
                ["namespace"] = api.Namespace,
                ["annotations"] = new JsonObject { [HolderAnnotation] = Describe(holder) },
            },
        };
        if (_kind.Kind == "Lease")
        {
            value["spec"] = new JsonObject { ["holderIdentity"] = $"{holder.User}@{holder.Host}:{holder.ProcessId}" };
        }

        return value;
    }
}
