using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>Makes the objects of a namespace as manifests say; where they are so already, nothing happens.</summary>
internal sealed class Applier(KubeApi api)
{
    /// <summary>What has to happen, object by object, in the order of creation.</summary>
    public async Task<IReadOnlyList<ObjectChange>> CompareAsync(DeploymentManifests manifests, CancellationToken cancellationToken)
    {
        var conversion = new ApiVersionConversion(api.Catalogue);
        var changes = new List<ObjectChange>();
        foreach (var value in manifests.Objects)
        {
            var wanted = Placed(conversion.Convert(value));
            var present = await api.FindAsync(api.Catalogue.Of(wanted), wanted.Name(), cancellationToken);
            changes.Add(ObjectChange.Between(wanted, present));
        }

        return changes;
    }

    /// <summary>Whether the namespace is there; applying makes it.</summary>
    public async Task<bool> HasNamespaceAsync(CancellationToken cancellationToken) =>
        await api.FindAsync(api.Catalogue.Get("Namespace"), api.Namespace, cancellationToken) is not null;

    /// <summary>Does what has to happen.</summary>
    /// <exception cref="StepFailedException">The server refused an object, or somebody else changed it meanwhile.</exception>
    public async Task<int> ApplyAsync(DeploymentManifests manifests, CancellationToken cancellationToken)
    {
        if (!await HasNamespaceAsync(cancellationToken))
        {
            await api.CreateNamespaceAsync(cancellationToken);
        }

        var changes = await CompareAsync(manifests, cancellationToken);
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
                await CarefulChange.MakeAsync(api, present, seen => PatchAsync(change.Wanted, seen, cancellationToken), cancellationToken);
            }
            else
            {
                await CreateAsync(change.Wanted, cancellationToken);
            }
        }
        catch (KubeException e) when (!e.MayPass && !e.IsForbidden)
        {
            throw new StepFailedException($"the API server refuses {change.Wanted.Title()}: {e.Message}", "Correct what it names, and resume the run.", e);
        }
    }

    // Where the answer to an earlier attempt was lost, the object that is there is ours.
    private async Task CreateAsync(JsonObject wanted, CancellationToken cancellationToken)
    {
        try
        {
            await api.CreateAsync(wanted, cancellationToken);
        }
        catch (KubeException e) when (e.IsConflict)
        {
            var made = await api.FindAsync(api.Catalogue.Of(wanted), wanted.Name(), cancellationToken);
            if (made is null || ObjectChange.Between(wanted, made) is { IsNothing: false })
            {
                throw new StepFailedException(
                    $"{wanted.Title()} was made by somebody else while PachUp was about to make it, and differently",
                    "Find out who works on this namespace, and resume the run: it looks again at what there is.",
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

    private JsonObject Placed(JsonObject value)
    {
        var placed = value.Copy();
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
