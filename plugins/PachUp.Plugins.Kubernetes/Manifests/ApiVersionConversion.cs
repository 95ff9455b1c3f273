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

        if (catalogue.Find(value.ApiVersion(), value.Kind()) is not null)
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

    /// <summary>What is different in the version that the server serves; null if the object stays in its own version.</summary>
    /// <exception cref="StepFailedException">The server serves no version of the kind.</exception>
    public string? Describe(JsonObject value)
    {
        var converted = Convert(value);
        if (converted.ApiVersion() == value.ApiVersion())
        {
            return null;
        }

        var differences = ObjectChange.Between(converted, value).Fields.Select(field => $"{field.Path} is written out: {field.To}");
        return string.Join("; ", differences.Prepend($"{value.Title()} is deployed in {converted.ApiVersion()}, because the API server does not have {value.ApiVersion()}"));
    }

    // https://kubernetes.io/docs/reference/using-api/deprecation-guide/, "Deployment" and "StatefulSet": in apps/v1 selectors are required and
    // immutable, and these defaults are others.
    private static void WriteOutDefaults(JsonObject workload)
    {
        var spec = workload.Spec();
        if (spec["selector"] is null)
        {
            spec["selector"] = new JsonObject { ["matchLabels"] = spec.Child("template").Metadata()["labels"]?.DeepClone() };
        }

        spec.Remove("rollbackTo");
        switch (workload.Kind(), workload.ApiVersion())
        {
            case ("StatefulSet", "apps/v1beta1") when spec["updateStrategy"] is null or JsonObject { Count: 0 }:
                spec["updateStrategy"] = new JsonObject { ["type"] = "OnDelete" };
                break;
            case ("Deployment", "apps/v1beta1"):
                spec["revisionHistoryLimit"] ??= 2;
                break;
            case ("Deployment", "extensions/v1beta1"):
                spec["revisionHistoryLimit"] ??= int.MaxValue;
                spec["progressDeadlineSeconds"] ??= int.MaxValue;
                WriteOutRollingUpdate(spec);
                break;
        }
    }

    private static void WriteOutRollingUpdate(JsonObject spec)
    {
        if (spec.At("strategy")?.Text("type") is null or "" or "RollingUpdate")
        {
            var update = spec.Child("strategy").Child("rollingUpdate");
            update["maxSurge"] ??= 1;
            update["maxUnavailable"] ??= 1;
        }
    }
}
