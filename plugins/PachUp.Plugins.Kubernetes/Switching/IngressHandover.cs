using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Switching;

/// <summary>
/// Moves ingresses that lead to the old deployment. An ingress can only lead to services of its own namespace, so the target gets a copy of each, with the
/// secrets of its certificates, and the old one gets a class that no controller has. Two ingresses with one host would share its requests.
/// </summary>
/// <param name="from">The namespace of the old deployment.</param>
/// <param name="to">The namespace of the new one.</param>
/// <param name="run">The id of the run; changes by earlier runs are ignored.</param>
internal sealed class IngressHandover(KubeApi from, KubeApi to, string run)
{
    private const string ClassAnnotation = "kubernetes.io/ingress.class";
    private const string ClassField = "ingressClassName";
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    // No controller has this class, so none answers for the ingress.
    private const string Nobody = "pachup-switched";

    private static readonly string[] MadeKinds = ["Ingress", "Secret"];

    /// <summary>The ingresses that lead to services of the old deployment.</summary>
    public Task<IReadOnlyList<SourceIngress>> FindAsync(IReadOnlyCollection<string> services, CancellationToken cancellationToken) =>
        SourceIngress.ReadAsync(from, services, cancellationToken);

    /// <summary>Moves the ingresses that lead to Pachyderm alone; doing it again is harmless.</summary>
    /// <returns>Those.</returns>
    public async Task<IReadOnlyList<SourceIngress>> CarryOutAsync(IReadOnlyCollection<string> services, CancellationToken cancellationToken)
    {
        var ingresses = (await FindAsync(services, cancellationToken)).Where(ingress => ingress.IsOfPachydermAlone).ToList();
        foreach (var ingress in ingresses)
        {
            foreach (var name in ingress.Secrets)
            {
                if (await from.FindAsync(from.Catalogue.Get("Secret"), name, cancellationToken) is { } secret)
                {
                    await MakeAsync(WithType(secret, "v1", "Secret"), cancellationToken);
                }
            }

            // The controllers of some clouds and admission webhooks refuse a host that another ingress has.
            var before = BeforeOf(ingress.Value);
            if (before is null)
            {
                await CarefulChange.MakeAsync(from, ingress.Value, seen => from.ReplaceAsync(GivenUp(seen), cancellationToken), cancellationToken);
            }

            await MakeAsync(before is null ? ingress.Value : Restored(ingress.Value, before), cancellationToken);
        }

        return ingresses;
    }

    /// <summary>Deletes the copies in the new namespace, and lets the old ingresses work again.</summary>
    /// <returns>The number of ingresses that work again.</returns>
    public async Task<int> TakeBackAsync(CancellationToken cancellationToken)
    {
        foreach (var kind in MadeKinds)
        {
            foreach (var made in (await to.ListAsync(kind, "", cancellationToken)).Where(IsMadeByRun))
            {
                await to.DeleteAsync(made, cancellationToken);
            }
        }

        var givers = (await from.ListAsync("Ingress", "", cancellationToken)).Where(ingress => BeforeOf(ingress) is not null).ToList();
        foreach (var giver in givers)
        {
            await CarefulChange.MakeAsync(from, giver, seen => from.ReplaceAsync(Restored(seen, BeforeOf(seen)!), cancellationToken), cancellationToken);
        }

        return givers.Count;
    }

    /// <summary>The state of an ingress before this run moved it; null if this run did not.</summary>
    private JsonObject? BeforeOf(JsonObject ingress) =>
        ingress.Annotation(Labels.BeforeSwitch) is { Length: > 0 } text && JsonNode.Parse(text) is JsonObject kept && kept.Text("run") == run && kept["made"] is null ? kept : null;

    private bool IsMadeByRun(JsonObject value) =>
        value.Annotation(Labels.BeforeSwitch) is { Length: > 0 } text && JsonNode.Parse(text) is JsonObject kept && kept.Text("run") == run && kept["made"] is not null;

    private JsonObject GivenUp(JsonObject ingress)
    {
        var changed = ingress.Copy();
        var annotations = changed.Metadata().Child("annotations");
        annotations[Labels.BeforeSwitch] = new JsonObject
        {
            ["run"] = run,
            [ClassField] = ingress.Spec()[ClassField]?.DeepClone(),
            [ClassAnnotation] = annotations[ClassAnnotation]?.DeepClone(),
            ["dns"] = ExternalDns.Of(ingress),
        }.ToJsonString();
        if (ingress.Spec().Text(ClassField).Length > 0)
        {
            changed.Spec()[ClassField] = Nobody;
        }
        else
        {
            annotations[ClassAnnotation] = Nobody;
        }

        ExternalDns.Silence(changed);
        return changed;
    }

    private static JsonObject Restored(JsonObject ingress, JsonObject before)
    {
        var restored = ingress.Copy();
        var annotations = restored.Metadata().Child("annotations");
        annotations.Remove(Labels.BeforeSwitch);
        Set(restored.Spec(), ClassField, before);
        Set(annotations, ClassAnnotation, before);
        ExternalDns.Set(restored, before.Child("dns"));
        return restored;
    }

    private static void Set(JsonObject value, string name, JsonObject before)
    {
        if (before[name] is { } text)
        {
            value[name] = text.DeepClone();
        }
        else
        {
            value.Remove(name);
        }
    }

    /// <summary>Creates a copy of an object in the new namespace. What is there already stays: somebody has prepared it.</summary>
    private async Task MakeAsync(JsonObject value, CancellationToken cancellationToken)
    {
        var made = ManifestCleaner.Clean(value);
        made.Metadata()["namespace"] = to.Namespace;
        var annotations = made.Metadata().Child("annotations");
        annotations.Remove(LastApplied);
        annotations[Labels.BeforeSwitch] = new JsonObject { ["run"] = run, ["made"] = true }.ToJsonString();
        if (await to.FindAsync(to.Catalogue.Of(made), made.Name(), cancellationToken) is null)
        {
            await to.CreateAsync(made, cancellationToken);
        }
    }

    private static JsonObject WithType(JsonObject value, string apiVersion, string kind)
    {
        (value["apiVersion"], value["kind"]) = (apiVersion, kind);
        return value;
    }
}
