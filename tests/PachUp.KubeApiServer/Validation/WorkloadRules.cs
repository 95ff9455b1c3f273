using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer.Validation;

/// <summary>Deployments, stateful sets and similar kinds: their selectors and immutable fields.</summary>
internal sealed class WorkloadRules : IKindRules
{
    private const string ImmutableStatefulSet =
        "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'template', and 'updateStrategy' are forbidden.";

    // The last one is there from Kubernetes 1.23 on, and can be changed.
    private static readonly string[] ChangeableOfStatefulSet = ["replicas", "template", "updateStrategy", "persistentVolumeClaimRetentionPolicy"];

    public IReadOnlySet<string> Kinds { get; } = new HashSet<string> { "Deployment", "StatefulSet", "ReplicaSet", "DaemonSet" };

    public void FillIn(JsonObject value, JsonObject? before, ResourceType type)
    {
        var spec = value.Spec();
        var labels = spec.Child("template").Metadata().Child("labels");
        if (HasDefaults(type) && spec["selector"] is null)
            spec["selector"] = new JsonObject { ["matchLabels"] = labels.DeepClone() };

        if (type.Kind != "DaemonSet")
            spec["replicas"] ??= 1;

        foreach (var template in spec.Items("volumeClaimTemplates"))
        {
            template["status"] ??= new JsonObject { ["phase"] = "Pending" };
        }

        value["status"] ??= new JsonObject();
    }

    public IEnumerable<string> Mistakes(JsonObject value, JsonObject? before, ResourceType type)
    {
        var spec = value.Spec();
        if (type.Kind == "StatefulSet" && before is not null && ChangesMoreThanAllowed(before.Spec(), spec))
        {
            yield return ImmutableStatefulSet;
            yield break;
        }

        if (spec["selector"] is null)
            yield return "spec.selector: Required value";

        var labels = spec.Child("template").Metadata().Child("labels");
        if (!Matches(spec["selector"] as JsonObject, labels))
            yield return $"spec.template.metadata.labels: Invalid value: {GoText.Map(labels)}: `selector` does not match template `labels`";

        if (before is not null && !HasDefaults(type) && !JsonNode.DeepEquals(before.Spec()["selector"], spec["selector"]))
            yield return $"spec.selector: Invalid value: {GoText.Selector(spec.Child("selector"))}: field is immutable";

        if (!spec.Child("template").Spec().Items("containers").Any())
            yield return "spec.template.spec.containers: Required value";
    }

    private static bool HasDefaults(ResourceType type) => type.Version == "v1beta1";

    private static bool Matches(JsonObject? selector, JsonObject labels) =>
        selector?["matchLabels"] is JsonObject wanted && wanted.Count > 0 && wanted.All(label => JsonNode.DeepEquals(labels[label.Key], label.Value));

    private static bool ChangesMoreThanAllowed(JsonObject before, JsonObject after) =>
        before.Select(field => field.Key).Union(after.Select(field => field.Key))
            .Except(ChangeableOfStatefulSet)
            .Any(name => !JsonNode.DeepEquals(before[name], after[name]));
}
