using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Sdk.Platforms;

namespace PachUp.Plugins.Kubernetes.InCluster;

/// <summary>The objects of one Job, from <c>job.yaml</c>.</summary>
/// <param name="run">Its task.</param>
/// <param name="name">Its name.</param>
/// <param name="home">Its namespace.</param>
/// <param name="server">The name of the API server on this machine.</param>
/// <param name="context">The name of the context on this machine; empty if there is none.</param>
internal sealed class JobObjects(RemoteRun run, string name, string home, string server, string context)
{
    /// <summary>The name of the claim that all Jobs of a namespace share.</summary>
    public const string ClaimName = "pachup-state";

    /// <summary>The name of the plan file.</summary>
    public const string PlanFile = "plan.yaml";

    /// <summary>The key of pachctl's config file in the secret.</summary>
    public const string PachConfigFile = "config.json";

    /// <summary>The claim for runs.</summary>
    public JsonObject Claim()
    {
        var claim = Placed("PersistentVolumeClaim", ClaimName);
        claim.Spec().Child("resources").Child("requests")["storage"] = run.StorageSize;
        if (run.StorageClass is { } storageClass)
        {
            claim.Spec()["storageClassName"] = storageClass;
        }

        return claim;
    }

    /// <summary>The Job.</summary>
    /// <param name="secret">Its secret.</param>
    public JsonObject Job(JsonObject secret)
    {
        var job = Placed("Job", name);
        job.Metadata()["annotations"] = new JsonObject { [Labels.Plan] = run.PlanName, [Labels.PlanHash] = run.PlanHash };
        var pod = job.PodSpec();
        foreach (var volume in pod.Items("volumes"))
        {
            Name(volume);
        }

        var container = pod.Items("containers")[0];
        container["image"] = run.Image;
        container["args"] = new JsonArray([.. run.Arguments.Select(argument => JsonValue.Create(Literally(argument)))]);
        var environment = container["env"]!.AsArray();
        environment.Add(Variable(JobEnvironment.ServerVariable, server));
        environment.Add(Variable(JobEnvironment.ContextVariable, context));
        environment.First(variable => variable!.AsObject().Text("name") == RemoteRun.JobVariable)!["value"] = $"{home}/{name}";
        foreach (var (variable, value) in run.Variables)
        {
            environment.Add(Variable(variable, value));
        }

        foreach (var key in SecretKeys(secret))
        {
            environment.Add(key == PachConfigFile
                ? Variable(JobEnvironment.PachConfigVariable, $"{JobEnvironment.SecretFilesDirectory}/{PachConfigFile}")
                : SecretVariable(key));
        }

        return job;
    }

    /// <summary>The files that the Job reads.</summary>
    public JsonObject Files()
    {
        var map = Placed("ConfigMap", name);
        var data = map.Child("data");
        data["kubeconfig"] = data.Text("kubeconfig").Replace("namespace: default", $"namespace: {home}", StringComparison.Ordinal);
        data.Remove(PlanFile);
        if (run.Plan is { } plan)
        {
            data[PlanFile] = plan;
        }

        return map;
    }

    /// <summary>The files and variables that only this user may read.</summary>
    /// <param name="previous">The secret of the Job whose run is continued; null for none.</param>
    public JsonObject Secret(JsonObject? previous)
    {
        var secret = Placed("Secret", name);
        secret.Remove("stringData");
        secret["type"] = "Opaque";
        secret["data"] = run.Plan is null ? previous?["data"]?.DeepClone() ?? new JsonObject() : new JsonObject();
        IEnumerable<KeyValuePair<string, string>> files = run.PachConfig is { } config ? [KeyValuePair.Create(PachConfigFile, config)] : [];
        foreach (var (key, text) in files.Concat(run.SecretVariables))
        {
            secret.Child("data")[key] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
        }

        return secret;
    }

    /// <summary>Deletes an object together with its Job.</summary>
    public static JsonObject OwnedBy(JsonObject job, JsonObject value)
    {
        value.Metadata()["ownerReferences"] = new JsonArray(new JsonObject
        {
            ["apiVersion"] = job.ApiVersion(),
            ["kind"] = job.Kind(),
            ["name"] = job.Name(),
            ["uid"] = job.Uid(),
        });
        return value;
    }

    private static IEnumerable<string> SecretKeys(JsonObject secret) => secret.Child("data").Select(entry => entry.Key);

    private static JsonObject Variable(string variable, string value) => new() { ["name"] = variable, ["value"] = Literally(value) };

    private JsonObject SecretVariable(string variable) => new()
    {
        ["name"] = variable,
        ["valueFrom"] = new JsonObject { ["secretKeyRef"] = new JsonObject { ["name"] = name, ["key"] = variable } },
    };

    // Kubernetes replaces $(NAME) in arguments and variables.
    private static string Literally(string text) => text.Replace("$(", "$$(", StringComparison.Ordinal);

    private void Name(JsonObject volume)
    {
        if (volume["configMap"] is JsonObject map)
        {
            map["name"] = name;
        }

        if (volume["secret"] is JsonObject secret)
        {
            secret["secretName"] = name;
        }
    }

    private JsonObject Placed(string kind, string objectName)
    {
        var value = JobTemplates.Get(kind);
        value.Metadata()["name"] = objectName;
        value.Metadata()["namespace"] = home;
        return value;
    }
}
