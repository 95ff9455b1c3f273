using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>What people and tools added to the objects of <c>pachctl deploy</c>: labels, annotations, resources, tolerations, sidecars and so on.</summary>
internal static class Additions
{
    private const string OfPachUp = "pachup.io/";

    private static readonly string[] ResourceKinds = ["requests", "limits"];

    /// <summary>The fields of pods that <c>pachctl deploy</c> does not set.</summary>
    public static ImmutableArray<string> PodFields { get; } =
        ["affinity", "dnsConfig", "hostAliases", "hostNetwork", "priorityClassName", "runtimeClassName", "securityContext", "topologySpreadConstraints"];

    /// <summary>The additions to an object, one by one, as <c>label team=data</c>.</summary>
    public static IEnumerable<string> Of(JsonObject value)
    {
        var ofObject = OfMetadata(value.Metadata(), "");
        return value.Kind() == "ServiceAccount" ? [.. ofObject, .. PullSecretsOf(value)]
            : DeployedKinds.Workloads.Contains(value.Kind()) ? [.. ofObject, .. OfPods(value)]
            : ofObject;
    }

    private static IEnumerable<string> OfPods(JsonObject workload)
    {
        var pods = workload.PodSpec();
        return
        [
            .. OfMetadata(workload.Spec().Child("template").Metadata(), "pod "),
            .. (pods.At("nodeSelector") ?? []).Select(field => $"node selector {field.Key}={field.Value}"),
            .. pods.Items("tolerations").Select(toleration => $"toleration {toleration.ToJsonString()}"),
            .. PullSecretsOf(pods),
            .. PodFields.Where(name => IsSet(pods[name])).Select(name => $"{name} of pods"),
            .. pods.Items("initContainers").Select(container => $"init container {container.Text("name")}"),
            .. pods.Items("volumes").Select(volume => volume.Text("name")).Where(IsOfOthers).Select(name => $"volume {name}"),
            .. pods.Items("containers").SelectMany(OfContainer),
        ];
    }

    private static IEnumerable<string> OfContainer(JsonObject container)
    {
        var name = container.Text("name");
        return !PachctlDefaults.Containers.Contains(name)
            ? [$"container {name}"]
            :
            [
                .. container.Items("env").Select(variable => variable.Text("name")).Where(variable => !PachctlDefaults.Variables.Contains(variable))
                    .Select(variable => $"environment variable {variable} of container {name}"),
                .. HasOwnResources(container) ? [$"resources of container {name}: {container["resources"]!.ToJsonString()}"] : Array.Empty<string>(),
            ];
    }

    private static IEnumerable<string> OfMetadata(JsonObject metadata, string prefix) =>
    [
        .. (metadata.At("labels") ?? []).Where(label => !PachctlDefaults.Labels.Contains(label.Key)).Select(label => $"{prefix}label {label.Key}={label.Value}"),
        .. (metadata.At("annotations") ?? []).Where(annotation => !PachctlDefaults.Annotations.Contains(annotation.Key) && !annotation.Key.StartsWith(OfPachUp, StringComparison.Ordinal)).Select(annotation => $"{prefix}annotation {annotation.Key}"),
    ];

    private static IEnumerable<string> PullSecretsOf(JsonObject value) =>
        value.Items("imagePullSecrets").Select(secret => secret.Text("name")).Where(name => name.Length > 0).Select(name => $"image pull secret {name}");

    /// <summary>Whether somebody changed the CPU or the memory of a container.</summary>
    public static bool HasOwnResources(JsonObject container) => ResourceKinds
        .Select(kind => container.At("resources", kind))
        .OfType<JsonObject>()
        .Any(resources => !PachctlDefaults.Resources.Contains((resources.Text("cpu"), resources.Text("memory"))) || resources.Count > 2);

    /// <summary>Whether a volume of pods is not one of Pachyderm. PachUp names those of etcd after the release.</summary>
    public static bool IsOfOthers(string volume) => !PachctlDefaults.Volumes.Contains(volume) && !volume.StartsWith("etcd-", StringComparison.Ordinal);

    /// <summary>Whether a field has content.</summary>
    public static bool IsSet(JsonNode? value) => value is JsonValue or JsonObject { Count: > 0 } or JsonArray { Count: > 0 };
}
