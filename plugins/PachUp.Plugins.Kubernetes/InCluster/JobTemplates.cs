using System.Text.Json.Nodes;
using k8s;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.InCluster;

/// <summary>The objects of <c>rbac.yaml</c> and <c>job.yaml</c>, which users can also apply by hand.</summary>
internal static class JobTemplates
{
    private static readonly Lazy<IReadOnlyList<JsonObject>> All = new(() => [.. Read("rbac.yaml"), .. Read("job.yaml")]);

    /// <summary>A copy of an object, to fill in.</summary>
    public static JsonObject Get(string kind) => All.Value.First(value => value.Kind() == kind).Copy();

    private static IEnumerable<JsonObject> Read(string name)
    {
        using var stream = typeof(JobTemplates).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return [.. KubernetesYaml.LoadAllFromString(reader.ReadToEnd()).Select(value => JsonNode.Parse(KubernetesJson.Serialize(value))!.AsObject())];
    }
}
