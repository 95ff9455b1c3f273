using System.Text;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>Changes the bucket of a deployment, with the same credentials; on the backend <c>LOCAL</c>, the directory of the node.</summary>
internal static class OtherBucket
{
    private const string HostPathVariable = "STORAGE_HOST_PATH";

    /// <exception cref="StepFailedException">The manifests name no bucket that could be changed.</exception>
    public static DeploymentManifests In(DeploymentManifests manifests, string bucket)
    {
        var copies = manifests.Objects.Select(value => value.Copy()).ToList();
        var changes = copies.Sum(value => ChangeSecret(value, bucket) + ChangeDirectory(value, bucket));
        return changes > 0
            ? new DeploymentManifests(copies)
            : throw StepFailedException.Refused(
                $"PachUp cannot change the bucket of the deployment to \"{bucket}\": its storage secret names no bucket, and pachd uses no "
                    + "directory of the node",
                "Remove \"bucket\" from the plan's cluster, or give your own manifests.");
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

    // The volume has this path and, for the workers, a variable too.
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
