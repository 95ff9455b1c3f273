using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>
/// Writes manifests in versions that the server serves: those that <c>pachctl deploy</c> makes up to 1.9.7 name <c>apps/v1beta1</c>, which Kubernetes
/// 1.16 and later refuse (pachyderm/pachyderm#4154). What the old version filled in by itself and the new one does not is written out.
/// </summary>
internal sealed class ApiVersionConversion(ApiCatalogue catalogue)
{
    /// <summary>The object in a version that the server serves; the newest that it prefers where its own is not served.</summary>
    /// <exception cref="StepFailedException">The server serves no version of the kind.</exception>
    public JsonObject Convert(JsonObject value)
    {
        if (catalogue.Find(value.Kind()) is not { } preferred)
        {
            throw new StepFailedException(
                $"{value.Title()} cannot be deployed: the API server serves no objects of kind \"{value.Kind()}\"",
                "Take it out of the manifests, or deploy to another Kubernetes.");
        }

        if (preferred.ApiVersion == value.ApiVersion())
        {
            return value;
        }

        var converted = value.Copy();
        if (DeployedKinds.Workloads.Contains(value.Kind()) && value.Kind() != "ReplicationController")
        {
            WriteOutDefaults(converted);
        }

        converted["apiVersion"] = preferred.ApiVersion;
        return converted;
    }

    // https://kubernetes.io/docs/reference/using-api/deprecation-guide/, "Deployment" and "StatefulSet": selectors are required and immutable in apps/v1,
    // and the default of a stateful set's updates is another.
    private static void WriteOutDefaults(JsonObject workload)
    {
        var spec = workload.Spec();
        if (spec["selector"] is null)
        {
            spec["selector"] = new JsonObject { ["matchLabels"] = spec.Child("template").Metadata()["labels"]?.DeepClone() };
        }

        spec.Remove("rollbackTo");
        if (workload.Kind() == "StatefulSet" && workload.ApiVersion() == "apps/v1beta1" && spec["updateStrategy"] is null or JsonObject { Count: 0 })
        {
            spec["updateStrategy"] = new JsonObject { ["type"] = "OnDelete" };
        }
    }
}
