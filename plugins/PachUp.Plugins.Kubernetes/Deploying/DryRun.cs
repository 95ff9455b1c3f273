using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>
/// Asks the API server whether it would accept objects, without creating them. Permissions, admission webhooks, policies, quotas and the validation
/// answer as they will later.
/// </summary>
internal sealed class DryRun(KubeApi api)
{
    /// <summary>The objects that the server would refuse, each with the answer of the server.</summary>
    /// <param name="manifests">The wanted objects.</param>
    /// <param name="replaced">The present objects that make room for them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<string>> RefusalsAsync(DeploymentManifests manifests, DeploymentManifests replaced, CancellationToken cancellationToken)
    {
        var applier = new Applier(api);
        var refusals = new List<string>();
        foreach (var wanted in manifests.Objects.Select(applier.Place))
        {
            var present = replaced.Find(wanted.Kind(), wanted.Name());
            if (await FindRefusalAsync(wanted, present, cancellationToken) is { } refusal)
            {
                refusals.Add($"{wanted.Title()}: {refusal.Message}");
            }
        }

        return refusals;
    }

    private async Task<KubeException?> FindRefusalAsync(JsonObject wanted, JsonObject? present, CancellationToken cancellationToken)
    {
        try
        {
            if (present is null || !DeployedKinds.Staying.Contains(wanted.Kind()))
            {
                await api.TryCreateAsync(Alone(wanted, present), cancellationToken);
            }
            else if (ObjectChange.Between(wanted, present) is { IsNothing: false } change)
            {
                await api.TryPatchAsync(change.Wanted, cancellationToken);
            }

            return null;
        }
        catch (KubeException e) when (e.IsConflict || e.HasNoDryRun || (present is not null && e.IsOverQuota))
        {
            // The server checks everything else before it says that the object exists. A quota counts the object that makes room. A webhook with side
            // effects cannot be asked.
            return null;
        }
        catch (KubeException e)
        {
            return e;
        }
    }

    // The server does not know that the present service makes room, so its node ports look taken.
    private static JsonObject Alone(JsonObject wanted, JsonObject? present)
    {
        var alone = wanted.Copy();
        var free = (present?.Spec().Items("ports") ?? []).Select(port => port.Number("nodePort")).ToHashSet();
        foreach (var port in alone.Kind() == "Service" ? alone.Spec().Items("ports") : [])
        {
            if (free.Contains(port.Number("nodePort")))
            {
                port.Remove("nodePort");
            }
        }

        return alone;
    }
}
