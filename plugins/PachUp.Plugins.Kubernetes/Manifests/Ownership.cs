using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>
/// Tells which cluster-wide objects belong to the deployment of a namespace: a deployment in another namespace has objects with the same kinds and
/// labels.
/// </summary>
/// <param name="ns">The namespace.</param>
/// <param name="labelled">All objects with the suite label.</param>
internal sealed class Ownership(string ns, IReadOnlyList<JsonObject> labelled)
{
    private readonly HashSet<string> _rolesOfOthers =
    [
        .. labelled.Where(value => value.Kind() == "ClusterRoleBinding" && !HasSubjectIn(value, ns)).Select(binding => binding.At("roleRef")?.Text("name") ?? ""),
    ];

    public bool IsOfNamespace(JsonObject value) => value.Kind() switch
    {
        "ClusterRoleBinding" => HasSubjectIn(value, ns),
        "ClusterRole" => !_rolesOfOthers.Contains(value.Name()),
        "PersistentVolume" => value.At("spec", "claimRef")?.Text("namespace") is null or "" || value.At("spec", "claimRef")!.Text("namespace") == ns,
        _ => true,
    };

    private static bool HasSubjectIn(JsonObject binding, string ns) => binding.Items("subjects").Any(subject => subject.Text("namespace") == ns);
}
