using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>All objects with the suite label in a namespace, by who made them.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Deployed">Objects that <c>pachctl deploy</c> made, with the volumes of their claims.</param>
/// <param name="Workers">Objects that pachd made for pipelines. It makes them again by itself.</param>
/// <param name="Foreign">Other objects, on which a user put the label. PachUp does not change them.</param>
internal sealed record Suite(string Namespace, DeploymentManifests Deployed, IReadOnlyList<JsonObject> Workers, IReadOnlyList<JsonObject> Foreign)
{
    // The values of the app label that pachctl deploy and pachd use; cluster-wide objects and the account have an empty one.
    private static readonly HashSet<string> KnownApps = ["", "pachd", "etcd", "dash", "pachyderm-storage-secret", "pachd-tls-cert", "githook"];

    /// <summary>Reads the objects anew.</summary>
    public static Task<Suite> ReadAsync(KubeApi api, CancellationToken cancellationToken)
    {
        api.Transport.ForgetAllRecent();
        return ReadRecentAsync(api, cancellationToken);
    }

    /// <summary>Reads the objects for a plan or a check: what was read in the last seconds is not read again. See <see cref="KubeApi.ListRecentAsync"/>.</summary>
    public static Task<Suite> ReadRecentAsync(KubeApi api, CancellationToken cancellationToken) => ReadRecentAsync(api, DeployedKinds.All, cancellationToken);

    /// <summary>Reads only what runs pods, in the same way.</summary>
    public static Task<Suite> ReadRecentWorkloadsAsync(KubeApi api, CancellationToken cancellationToken) =>
        ReadRecentAsync(api, DeployedKinds.Workloads, cancellationToken);

    private static async Task<Suite> ReadRecentAsync(KubeApi api, IEnumerable<string> kinds, CancellationToken cancellationToken)
    {
        var labelled = new List<JsonObject>();
        foreach (var kind in kinds)
        {
            labelled.AddRange(await api.ListRecentAsync(kind, Labels.Suite, cancellationToken));
        }

        var ownership = new Ownership(api.Namespace, labelled);
        var ours = labelled.Where(ownership.IsOfNamespace).ToLookup(KindOfOwner);
        List<JsonObject> deployed = [.. ours[Owner.Pachctl]];
        return new Suite(
            api.Namespace,
            new DeploymentManifests([.. deployed, .. await BoundVolumesAsync(api, deployed, cancellationToken)]),
            [.. ours[Owner.Pachd]],
            [.. ours[Owner.Other]]);
    }

    /// <summary>Whether an object has the suite label but was not made by Pachyderm.</summary>
    public static bool IsForeign(JsonObject value) => KindOfOwner(value) == Owner.Other;

    /// <summary>Whether pachd made an object for a pipeline.</summary>
    public static bool IsOfWorkers(JsonObject value) => KindOfOwner(value) == Owner.Pachd;

    /// <summary>The name of an object for the user; if pachd made it for a pipeline, with the pipeline.</summary>
    public static string Describe(JsonObject value) =>
        value.Label(Labels.Pipeline) is { Length: > 0 } pipeline ? $"{value.Title()} of pipeline \"{pipeline}\"" : value.Title();

    /// <summary>Whether pachd is deployed.</summary>
    /// <exception cref="StepFailedException">There is more than one.</exception>
    public bool HasPachd => Pachds switch
    {
        [] => false,
        [_] => true,
        var several => throw StepFailedException.Refused(
            $"there are {several.Count} Pachyderms in namespace \"{Namespace}\": {string.Join(" and ", several.Select(pachd => pachd.Title()))} are "
                + "both labelled "
                + $"{Labels.Suite},app=pachd",
            "PachUp cannot tell which objects belong to which. Remove the label from the one that you do not want to migrate, or move each to its "
                + "own namespace."),
    };

    /// <exception cref="StepFailedException">There is no pachd, or more than one.</exception>
    public void RequirePachd()
    {
        if (!HasPachd)
        {
            throw new StepFailedException(
                $"there is no pachd in namespace \"{Namespace}\" (no workload labelled {Labels.Suite},app=pachd)",
                "Give the namespace with --namespace, or \"namespace\" in the plan's cluster.");
        }
    }

    /// <summary>The workloads of pachd.</summary>
    public IReadOnlyList<JsonObject> Pachds =>
        [.. Deployed.Objects.Where(value => DeployedKinds.Workloads.Contains(value.Kind()) && value.Label(Labels.App) == "pachd")];

    private static Owner KindOfOwner(JsonObject value) => value.Label(Labels.Component) == "worker" ? Owner.Pachd
        : value.At("metadata", "labels")?.ContainsKey(Labels.App) == true && KnownApps.Contains(value.Label(Labels.App)) ? Owner.Pachctl
        : Owner.Other;

    // Dynamically provisioned volumes have no label of Pachyderm.
    private static async Task<IReadOnlyList<JsonObject>> BoundVolumesAsync(KubeApi api, List<JsonObject> objects, CancellationToken cancellationToken)
    {
        var names = objects.Where(value => value.Kind() == "PersistentVolumeClaim").Select(claim => claim.Spec().Text("volumeName")).Where(name => name.Length > 0);
        var known = objects.Where(value => value.Kind() == "PersistentVolume").Select(volume => volume.Name()).ToHashSet();
        var volumes = new List<JsonObject>();
        foreach (var name in names.Where(name => !known.Contains(name)))
        {
            if (await api.FindRecentAsync(api.Catalogue.Get("PersistentVolume"), name, cancellationToken) is { } volume)
            {
                volumes.Add(volume);
            }
        }

        return volumes;
    }

    private enum Owner
    {
        Pachctl,
        Pachd,
        Other,
    }
}
