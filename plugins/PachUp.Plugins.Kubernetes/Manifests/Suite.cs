using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>Everything that carries the label of the suite in a namespace, told apart by whose it is.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Deployed">What <c>pachctl deploy</c> made, with the volumes that its claims are bound to.</param>
/// <param name="Workers">What pachd made for pipelines. It makes them again by itself.</param>
/// <param name="Foreign">What neither of them makes: somebody put the label on objects of their own. PachUp leaves these alone.</param>
internal sealed record Suite(string Namespace, DeploymentManifests Deployed, IReadOnlyList<JsonObject> Workers, IReadOnlyList<JsonObject> Foreign)
{
    // The names that pachctl deploy and pachd give to what they make are values of this label; cluster-wide objects and the account have an empty one.
    private static readonly HashSet<string> KnownApps = ["", "pachd", "etcd", "dash", "pachyderm-storage-secret", "pachd-tls-cert", "githook"];

    /// <summary>Reads it.</summary>
    public static async Task<Suite> ReadAsync(KubeApi api, CancellationToken cancellationToken)
    {
        var labelled = new List<JsonObject>();
        foreach (var kind in DeployedKinds.All)
        {
            labelled.AddRange(await api.ListAsync(kind, Labels.Suite, cancellationToken));
        }

        var ownership = new Ownership(api.Namespace, labelled);
        var ours = labelled.Where(ownership.IsOfNamespace).ToLookup(KindOfOwner);
        List<JsonObject> deployed = [.. ours[Owner.Pachctl]];
        return new Suite(
            api.Namespace,
            new DeploymentManifests([.. deployed, .. await BoundVolumesAsync(api, deployed, cancellationToken)]),
            [.. ours[Owner.Pachd]],
            [.. ours[Owner.Somebody]]);
    }

    /// <summary>Whether an object carries the label of the suite and is nothing that Pachyderm makes.</summary>
    public static bool IsForeign(JsonObject value) => KindOfOwner(value) == Owner.Somebody;

    /// <summary>Whether pachd made an object for a pipeline.</summary>
    public static bool IsOfWorkers(JsonObject value) => KindOfOwner(value) == Owner.Pachd;

    /// <summary>Whether pachd is deployed.</summary>
    /// <exception cref="StepFailedException">More than one is.</exception>
    public bool HasPachd => Pachds() switch
    {
        [] => false,
        [_] => true,
        var several => throw StepFailedException.Refused(
            $"there are {several.Count} Pachyderms in namespace \"{Namespace}\": {string.Join(" and ", several.Select(pachd => pachd.Title()))} are both labelled "
                + $"{Labels.Suite},app=pachd",
            "PachUp cannot tell which objects belong to which. Take the label from the one that is not meant, or give each a namespace of its own."),
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

    private List<JsonObject> Pachds() =>
        [.. Deployed.Objects.Where(value => DeployedKinds.Workloads.Contains(value.Kind()) && value.Label(Labels.App) == "pachd")];

    private static Owner KindOfOwner(JsonObject value) => value.Label(Labels.Component) == "worker" ? Owner.Pachd
        : value.At("metadata", "labels")?.ContainsKey(Labels.App) == true && KnownApps.Contains(value.Label(Labels.App)) ? Owner.Pachctl
        : Owner.Somebody;

    // Volumes that were provisioned for a claim carry no label of Pachyderm.
    private static async Task<IReadOnlyList<JsonObject>> BoundVolumesAsync(KubeApi api, List<JsonObject> objects, CancellationToken cancellationToken)
    {
        var names = objects.Where(value => value.Kind() == "PersistentVolumeClaim").Select(claim => claim.Spec().Text("volumeName")).Where(name => name.Length > 0);
        var known = objects.Where(value => value.Kind() == "PersistentVolume").Select(volume => volume.Name()).ToHashSet();
        var volumes = new List<JsonObject>();
        foreach (var name in names.Where(name => !known.Contains(name)))
        {
            if (await api.FindAsync(api.Catalogue.Get("PersistentVolume"), name, cancellationToken) is { } volume)
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
        Somebody,
    }
}
