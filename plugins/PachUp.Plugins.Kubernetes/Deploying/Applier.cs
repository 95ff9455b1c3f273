using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.NodePorts;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>Creates and changes the objects of a namespace as manifests require; objects that are already right are not changed.</summary>
internal sealed class Applier(KubeApi api)
{
    private readonly ApiVersionConversion _conversion = new(api.Catalogue);

    /// <summary>The necessary changes for a plan, object by object, in the order of creation. See <see cref="KubeApi.FindRecentAsync"/>.</summary>
    public Task<IReadOnlyList<ObjectChange>> CompareAsync(DeploymentManifests manifests, CancellationToken cancellationToken) =>
        CompareAsync(manifests, (resource, name) => api.FindRecentAsync(resource, name, cancellationToken));

    private async Task<IReadOnlyList<ObjectChange>> CompareAsync(DeploymentManifests manifests, Func<ApiResource, string, Task<JsonObject?>> findAsync)
    {
        var changes = new List<ObjectChange>();
        foreach (var value in manifests.Objects)
        {
            var wanted = Place(value);
            var present = await findAsync(api.Catalogue.Of(wanted), wanted.Name());
            changes.Add(ObjectChange.Between(wanted, present));
        }

        return changes;
    }

    /// <summary>Whether the namespace exists; applying creates it.</summary>
    public async Task<bool> HasNamespaceAsync(CancellationToken cancellationToken) =>
        await api.FindRecentAsync(api.Catalogue.Get("Namespace"), api.Namespace, cancellationToken) is not null;

    /// <summary>Makes the changes.</summary>
    /// <exception cref="StepFailedException">The server refused an object, or another user changed it in the meantime.</exception>
    public async Task<int> ApplyAsync(DeploymentManifests manifests, CancellationToken cancellationToken)
    {
        if (!await HasNamespaceAsync(cancellationToken))
        {
            await api.CreateNamespaceAsync(cancellationToken);
        }

        var changes = await CompareAsync(manifests, (resource, name) => api.FindAsync(resource, name, cancellationToken));
        var todo = changes.Where(change => !change.IsNothing).ToList();
        foreach (var change in todo)
        {
            await ApplyAsync(change, cancellationToken);
        }

        return todo.Count;
    }

    private async Task ApplyAsync(ObjectChange change, CancellationToken cancellationToken)
    {
        try
        {
            if (change.Present is { } present)
            {
                await CarefulChange.MakeAsync(api, present, seen => ClaimingAsync(change.Wanted, () => PatchAsync(change.Wanted, seen, cancellationToken), cancellationToken), cancellationToken);
            }
            else
            {
                await CreateAsync(change.Wanted, cancellationToken);
            }
        }
        catch (KubeException e) when (!e.MayPass && !e.IsForbidden)
        {
            throw new StepFailedException($"the API server refuses {change.Wanted.Title()}: {e.Message}", "Correct what the message names, then resume the run.", e);
        }
    }

    private Task<JsonObject> ClaimingAsync(JsonObject wanted, Func<Task<JsonObject>> changeAsync, CancellationToken cancellationToken) =>
        wanted.Kind() == "Service" ? NodePortClaim.MakeAsync(api, wanted, changeAsync, cancellationToken) : changeAsync();

    // If the answer to an earlier attempt was lost, the existing object is ours.
    private async Task CreateAsync(JsonObject wanted, CancellationToken cancellationToken)
    {
        try
        {
            await ClaimingAsync(wanted, () => api.CreateAsync(wanted, cancellationToken), cancellationToken);
        }
        catch (KubeException e) when (e.IsConflict)
        {
            var made = await api.FindAsync(api.Catalogue.Of(wanted), wanted.Name(), cancellationToken);
            if (made is null || ObjectChange.Between(wanted, made) is { IsNothing: false })
            {
                throw new StepFailedException(
                    $"another user created {wanted.Title()} with other content while PachUp was about to create it",
                    "Find out who works on this namespace, then resume the run: it reads the objects again.",
                    e);
            }
        }
    }

    private Task<JsonObject> PatchAsync(JsonObject wanted, JsonObject present, CancellationToken cancellationToken)
    {
        var patch = wanted.Copy();
        patch.Remove("apiVersion");
        patch.Remove("kind");
        patch.Metadata()["resourceVersion"] = present.Metadata().Text("resourceVersion");
        return api.PatchAsync(api.Catalogue.Of(wanted), wanted.Name(), patch, cancellationToken);
    }

    /// <summary>An object as it is sent: in an API version of the server, with its defaults, in the namespace.</summary>
    /// <exception cref="StepFailedException">The server serves no objects of this kind.</exception>
    public JsonObject Place(JsonObject value)
    {
        var placed = _conversion.Convert(value).Copy();
        ServerDefaults.FillIn(placed);
        if (api.Catalogue.Of(placed).Namespaced)
        {
            placed.Metadata()["namespace"] = api.Namespace;
        }
        else
        {
            placed.Metadata().Remove("namespace");
        }

        return placed;
    }
}
