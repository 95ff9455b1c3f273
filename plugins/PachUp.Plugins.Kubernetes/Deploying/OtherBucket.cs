using System.Text;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>Lets a deployment use another bucket, with the credentials that it has; on the backend <c>LOCAL</c>, another directory of the node.</summary>
internal static class OtherBucket
{
    private const string HostPathVariable = "STORAGE_HOST_PATH";

    /// <exception cref="StepFailedException">The manifests name no bucket that could be another.</exception>
    public static DeploymentManifests In(DeploymentManifests manifests, string bucket)
    {
        var copies = manifests.Objects.Select(value => value.Copy()).ToList();
        var changes = copies.Sum(value => ChangeSecret(value, bucket) + ChangeDirectory(value, bucket));
        return changes > 0
            ? new DeploymentManifests(copies)
            : throw StepFailedException.Refused(
                $"the deployment has no bucket that could become \"{bucket}\": its storage secret names none, and pachd has no directory of the node",
                "Take \"bucket\" out of the plan's cluster, or give manifests of your own.");
    }

    private static int ChangeSecret(JsonObject value, string bucket)
    {
        var data = value.Kind() == "Secret" ? value.At("data") ?? [] : [];
        List<string> names = [.. data.Select(entry => entry.Key).Where(name => name.EndsWith("-bucket", StringComparison.Ordinal) || name == "microsoft-container")];
        foreach (var name in names)
        {
            data[name] = Convert.ToBase64String(Encoding.UTF8.GetBytes(bucket));
        }

        return names.Count;
    }

    // The same path stands in the volume and, for the workers, in a variable.
    private static int ChangeDirectory(JsonObject value, string directory)
    {
        if (!DeployedKinds.Workloads.Contains(value.Kind()))
        {
            return 0;
        }

        List<JsonObject> variables =
        [
            .. value.PodSpec().Items("containers").SelectMany(container => container.Items("env")).Where(variable => variable.Text("name") == HostPathVariable),
        ];
        foreach (var variable in variables.Where(variable => variable.Text("value").Length > 0))
        {
            foreach (var path in value.PodSpec().Items("volumes").Select(volume => volume.At("hostPath")).OfType<JsonObject>()
                .Where(path => path.Text("path") == variable.Text("value")))
            {
                path["path"] = directory;
            }

            variable["value"] = directory;
        }

        return variables.Count(variable => variable.Text("value").Length > 0);
    }
}
