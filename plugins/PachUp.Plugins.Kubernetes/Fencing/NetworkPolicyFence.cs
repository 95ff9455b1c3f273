using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.Settings;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Fencing;

/// <summary>
/// A fence with one object: a network policy that lets only Pachyderm's own pods connect to pachd and dash. Port forwards end inside the pod, so
/// PachUp
/// is not kept out. It has no suite label, so undeploying does not delete it, and it also applies to the pods of the next release.
/// </summary>
internal sealed class NetworkPolicyFence(KubeApi api) : IFence
{
    /// <summary>Its name in plans.</summary>
    public const string Name = FenceNames.NetworkPolicy;

    private const string Policy = "pachup-fence";

    public ImmutableArray<string> Notes =>
    [
        "A network policy works only if the network of the cluster enforces policies (Calico and Cilium do; kubenet and plain flannel do not). "
        + "Kubernetes does not tell this: test it, or choose the fence \"services\".",
    ];

    /// <summary>The policy; null if there is none or PachUp may not read it.</summary>
    public static async Task<JsonObject?> FindAsync(KubeApi api, CancellationToken cancellationToken)
    {
        try
        {
            return api.Catalogue.Find("NetworkPolicy") is { } kind ? await api.FindAsync(kind, Policy, cancellationToken) : null;
        }
        catch (KubeException e) when (e.IsForbidden)
        {
            return null;
        }
    }

    public Task<ImmutableArray<Effect>> PreviewAsync(CancellationToken cancellationToken)
    {
        _ = api.Catalogue.Get("NetworkPolicy");
        return Task.FromResult<ImmutableArray<Effect>>([new Effect("create", $"NetworkPolicy {Policy}", "lets only Pachyderm's own pods connect to pachd and dash")]);
    }

    public Task<ImmutableArray<Effect>> PreviewOpeningAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<Effect>>([new Effect("delete", $"NetworkPolicy {Policy}")]);

    public async Task PutUpAsync(string run, CancellationToken cancellationToken)
    {
        if (await FindAsync(api, cancellationToken) is null)
        {
            await api.CreateAsync(PolicyOf(run), cancellationToken);
        }
    }

    public async Task TakeDownAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(api, cancellationToken) is { } policy)
        {
            await api.DeleteAsync(policy, cancellationToken);
        }
    }

    // The policy stays while pods come and go.
    public DeploymentManifests Closed(DeploymentManifests manifests, string run) => manifests;

    private JsonObject PolicyOf(string run) => new()
    {
        ["apiVersion"] = api.Catalogue.Get("NetworkPolicy").ApiVersion,
        ["kind"] = "NetworkPolicy",
        ["metadata"] = new JsonObject
        {
            ["name"] = Policy,
            ["namespace"] = api.Namespace,
            ["annotations"] = new JsonObject { [Labels.FencedBy] = new FenceMark(Name, run).ToString() },
        },
        ["spec"] = new JsonObject
        {
            ["podSelector"] = new JsonObject
            {
                ["matchLabels"] = Pachyderms(),
                ["matchExpressions"] = new JsonArray(
                    new JsonObject { ["key"] = Labels.App, ["operator"] = "In", ["values"] = new JsonArray("pachd", "dash") }),
            },
            ["policyTypes"] = new JsonArray("Ingress"),
            ["ingress"] = new JsonArray(
                new JsonObject { ["from"] = new JsonArray(new JsonObject { ["podSelector"] = new JsonObject { ["matchLabels"] = Pachyderms() } }) }),
        },
    };

    private static JsonObject Pachyderms() => new() { ["suite"] = "pachyderm" };
}
