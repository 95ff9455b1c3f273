using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>
/// Converts manifests to API versions that the server serves: <c>pachctl deploy</c> up to 1.9.7 uses <c>apps/v1beta1</c>, which Kubernetes 1.16 and
/// later
/// refuse (pachyderm/pachyderm#4154). Defaults that only the old version has are written into the manifests.
/// </summary>
internal sealed class ApiVersionConversion(ApiCatalogue catalogue)
{
    /// <summary>The object in its own version if the server serves it, otherwise in the version that the server prefers.</summary>
    /// <exception cref="StepFailedException">The server serves no version of the kind.</exception>
    public JsonObject Convert(JsonObject value)
    {
        if (catalogue.Find(value.Kind()) is not { } preferred)
        {
            throw new StepFailedException(
                $"{value.Title()} cannot be deployed: the API server serves no objects of kind \"{value.Kind()}\"",
                "Remove it from the manifests, or deploy to another Kubernetes.");
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

    // https://kubernetes.io/docs/reference/using-api/deprecation-guide/, "Deployment" and "StatefulSet": in apps/v1 selectors are required and
    // immutable,
    // and stateful sets have another default update strategy.
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
