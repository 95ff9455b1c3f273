using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>
/// Writes what people and tools added to the present objects into manifests that <c>pachctl</c> prints, which know nothing of it. A deployment that is
/// copied from the present one has it already.
/// </summary>
internal static class CarriedAdditions
{
    /// <summary>The manifests with the additions of the present objects of the same kinds and names.</summary>
    public static DeploymentManifests In(DeploymentManifests printed, DeploymentManifests present) => new(printed.Objects.Select(value =>
        present.Find(value.Kind(), value.Name()) is { } before ? Carry(before, value.Copy()) : value));

    private static JsonObject Carry(JsonObject before, JsonObject value)
    {
        CarryMetadata(before.Metadata(), value.Metadata());
        if (value.Kind() == "ServiceAccount")
        {
            Union(before, value, "imagePullSecrets");
        }
        else if (DeployedKinds.Workloads.Contains(value.Kind()))
        {
            CarryMetadata(before.Spec().Child("template").Metadata(), value.Spec().Child("template").Metadata());
            CarryPods(before.PodSpec(), value.PodSpec());
        }

        return value;
    }

    private static void CarryMetadata(JsonObject before, JsonObject metadata)
    {
        AddMissing(before, metadata, "labels");
        AddMissing(before, metadata, "annotations");
    }

    private static void CarryPods(JsonObject before, JsonObject pods)
    {
        AddMissing(before, pods, "nodeSelector");
        Union(before, pods, "tolerations");
        Union(before, pods, "imagePullSecrets");
        Union(before, pods, "initContainers");
        foreach (var name in Additions.PodFields.Where(name => pods[name] is null && Additions.IsSet(before[name])))
        {
            pods[name] = before[name]!.DeepClone();
        }

        var known = pods.Items("volumes").Select(volume => volume.Text("name")).ToHashSet();
        var added = before.Items("volumes").Where(volume => !known.Contains(volume.Text("name")) && Additions.IsOfOthers(volume.Text("name"))).ToList();
        foreach (var volume in added)
        {
            List(pods, "volumes").Add(volume.DeepClone());
        }

        CarryContainers(before, pods, added.Select(volume => volume.Text("name")).ToHashSet());
    }

    private static void CarryContainers(JsonObject before, JsonObject pods, IReadOnlySet<string> volumes)
    {
        foreach (var container in before.Items("containers"))
        {
            if (pods.Items("containers").FirstOrDefault(value => value.Text("name") == container.Text("name")) is { } same)
            {
                CarryContainer(container, same, volumes);
            }
            else if (!PachctlDefaults.Containers.Contains(container.Text("name")))
            {
                List(pods, "containers").Add(container.DeepClone());
            }
        }
    }

    private static void CarryContainer(JsonObject before, JsonObject container, IReadOnlySet<string> volumes)
    {
        var known = container.Items("env").Select(variable => variable.Text("name")).ToHashSet();
        foreach (var variable in before.Items("env").Where(variable => !known.Contains(variable.Text("name")) && !PachctlDefaults.Variables.Contains(variable.Text("name"))))
        {
            List(container, "env").Add(variable.DeepClone());
        }

        foreach (var mount in before.Items("volumeMounts").Where(mount => volumes.Contains(mount.Text("name"))))
        {
            List(container, "volumeMounts").Add(mount.DeepClone());
        }

        if (Additions.HasOwnResources(before))
        {
            container["resources"] = before["resources"]!.DeepClone();
        }
    }

    private static void AddMissing(JsonObject before, JsonObject value, string name)
    {
        foreach (var (key, content) in before.At(name) ?? [])
        {
            value.Child(name).TryAdd(key, content?.DeepClone());
        }
    }

    private static void Union(JsonObject before, JsonObject value, string name)
    {
        foreach (var item in before.Items(name).Where(item => item.Count > 0 && !value.Items(name).Any(present => JsonNode.DeepEquals(present, item))))
        {
            List(value, name).Add(item.DeepClone());
        }
    }

    private static JsonArray List(JsonObject value, string name)
    {
        if (value[name] is not JsonArray list)
        {
            value[name] = list = [];
        }

        return list;
    }
}
