using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>
/// Asks an API server without dry run whether it would accept workloads: it creates copies without pods, under other names, and deletes them at once.
/// </summary>
internal sealed class Probe(KubeApi api)
{
    private const string Prefix = "pachup-probe-";

    /// <summary>The workloads that the server refuses, each with the answer of the server.</summary>
    public async Task<IReadOnlyList<string>> RefusalsAsync(DeploymentManifests manifests, CancellationToken cancellationToken)
    {
        var applier = new Applier(api);
        var refusals = new List<string>();
        foreach (var wanted in manifests.Objects.Where(value => DeployedKinds.Workloads.Contains(value.Kind())).Select(applier.Place))
        {
            try
            {
                await CreateAndDeleteAsync(CopyOf(wanted), cancellationToken);
            }
            catch (KubeException e) when (!e.MayPass)
            {
                refusals.Add($"{wanted.Title()}: {e.Message}");
            }
        }

        return refusals;
    }

    private async Task CreateAndDeleteAsync(JsonObject copy, CancellationToken cancellationToken)
    {
        try
        {
            await api.CreateAsync(copy, cancellationToken);
        }
        catch (KubeException e) when (e.IsConflict)
        {
            // A run that was killed left it, so the server accepted it before.
        }

        await api.DeleteAsync(copy, cancellationToken);
    }

    // Its own label keeps the controllers of the real workload and of the copy apart. Without the suite label, nothing takes it for a part of Pachyderm.
    private static JsonObject CopyOf(JsonObject wanted)
    {
        var copy = wanted.Copy();
        copy.Metadata()["name"] = Prefix + wanted.Name();
        copy.Spec()["replicas"] = 0;
        copy.Spec()["selector"] = copy.Kind() == "ReplicationController" ? Label() : new JsonObject { ["matchLabels"] = Label() };
        copy.Metadata()["labels"] = Label();
        copy.Spec().Child("template").Metadata()["labels"] = Label();
        return copy;
    }

    private static JsonObject Label() => new() { ["app.kubernetes.io/name"] = "pachup" };
}
