using System.Text.Json;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Locking;

/// <summary>
/// The lock of an installation: an object that only one can create. A Lease, or a ConfigMap where the server has no leases (1.10). It carries no label
/// of Pachyderm, so that undeploying leaves it alone.
/// </summary>
internal sealed class NamespaceLock(KubeApi api)
{
    private const string Name = "pachup-lock";
    private const string HolderAnnotation = "pachup.io/lock-holder";

    private readonly ApiResource _kind = api.Catalogue.Find("Lease") ?? api.Catalogue.Get("ConfigMap");

    /// <summary>Takes the lock unless somebody has it.</summary>
    /// <returns>Who has it; null where it is <paramref name="holder"/> now.</returns>
    public async Task<LockHolder?> TryTakeAsync(LockHolder holder, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await api.CreateAsync(LockOf(holder), cancellationToken);
                return null;
            }
            catch (KubeException e) when (e.IsNotFound)
            {
                // The namespace of a cluster that is yet to be deployed.
                await api.CreateNamespaceAsync(cancellationToken);
            }
            catch (KubeException e) when (e.IsConflict)
            {
                // Between the two requests the other may have given it back: then there is nobody to name, and it is free.
                if (await api.FindAsync(_kind, Name, cancellationToken) is { } present)
                {
                    return HolderOf(present) is { } other && other != holder ? other : null;
                }
            }
        }
    }

    /// <summary>Who has the lock; null where nobody has it.</summary>
    public async Task<LockHolder?> FindHolderAsync(CancellationToken cancellationToken) =>
        await api.FindAsync(_kind, Name, cancellationToken) is { } present ? HolderOf(present) : null;

    /// <summary>Gives the lock back, if this holder has it.</summary>
    public async Task GiveBackAsync(LockHolder holder, CancellationToken cancellationToken)
    {
        if (await api.FindAsync(_kind, Name, cancellationToken) is { } present && HolderOf(present) == holder)
        {
            await api.DeleteAsync(present, cancellationToken);
        }
    }

    /// <exception cref="StepFailedException">The lock is not one that PachUp made.</exception>
    private static LockHolder HolderOf(JsonObject value)
    {
        try
        {
            return JsonSerializer.Deserialize<LockHolder>(value.Annotation(HolderAnnotation))!;
        }
        catch (JsonException e)
        {
            throw new StepFailedException(
                $"{value.Title()} in namespace \"{value.Namespace()}\" does not say who holds it",
                $"Find out who made it; if nobody works on the cluster, delete it: kubectl -n {value.Namespace()} delete {value.Kind().ToLowerInvariant()} {Name}",
                e);
        }
    }

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
                ["annotations"] = new JsonObject { [HolderAnnotation] = JsonSerializer.Serialize(holder) },
            },
        };
        if (_kind.Kind == "Lease")
        {
            value["spec"] = new JsonObject { ["holderIdentity"] = $"{holder.User}@{holder.Host}:{holder.ProcessId}" };
        }

        return value;
    }
}
