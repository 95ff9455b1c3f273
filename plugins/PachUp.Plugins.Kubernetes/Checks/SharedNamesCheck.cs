using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Plugins.Kubernetes.Deploying;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.Switching;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Checks;

/// <summary>Finds what only one of two deployments on one Kubernetes can have, and both would have: names without a namespace, addresses, DNS names, hosts.</summary>
internal sealed class SharedNamesCheck : ICheck
{
    // Removing the target would remove these of the source, too, even if both are equal.
    private static readonly string[] OwnKinds = ["ClusterRole", "ClusterRoleBinding", "PersistentVolume"];

    public string Name => "kubernetes-shared-names";

    public string Question => "Does the target share no cluster-wide name, address or host with the source?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Side by side on one Kubernetes, two deployments cannot both have a cluster role, a binding, a volume, a fixed address, a DNS name or the host of an ingress. "
            + "The second one changes or takes those of the first, which serves clients.",
        WhenPassed = "PachUp gives the target other names and no address of the source; the step that switches clients moves addresses, DNS names and ingresses.",
        WhenRefused = "The manifests of the target (\"manifests: DIR\" in the plan's cluster) have names, addresses or hosts of the source. Change them there.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Reload or PlanPurpose.Upgrade;

    public bool IsAboutTarget => true;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) =>
        PlannedDeployment.AskAsync(context, async deployment => await AskAsync(deployment, await KubeConnection.OpenAsync(context.Source, cancellationToken), cancellationToken), cancellationToken);

    private static async Task<CheckResult> AskAsync(PlannedDeployment deployment, KubeApi source, CancellationToken cancellationToken)
    {
        if (!deployment.Placement.IsBeside || !source.IsOnSameServerAs(deployment.Target))
        {
            return CheckResult.Passed("Source and target are not side by side on one Kubernetes");
        }

        List<string> shared = [.. NamesOf(deployment), .. FacesOf(deployment), .. await HostsOfAsync(deployment, source, cancellationToken)];
        return shared.Count == 0
            ? CheckResult.Passed("The target has other cluster-wide names than the source, and no address, DNS name or host of it")
            : CheckResult.Refused("the target would have what only the source can have", "Change it in the manifests of the target.", shared);
    }

    private static IEnumerable<string> NamesOf(PlannedDeployment deployment) =>
        from wanted in deployment.Wanted.Objects
        let present = deployment.Saved.Find(wanted.Kind(), wanted.Name())
        where present is not null && (OwnKinds.Contains(wanted.Kind()) || (wanted.Kind() == "StorageClass" && !ObjectChange.Between(wanted, present).IsNothing))
        select wanted.Kind() == "StorageClass" ? $"{wanted.Title()}: it is of the source, with other content" : $"{wanted.Title()}: it is of the source";

    private static IEnumerable<string> FacesOf(PlannedDeployment deployment)
    {
        var taken = ServicesOf(deployment.Saved).SelectMany(service => ClaimsOf(service).Select(claim => (Claim: claim, Owner: service.Title()))).ToLookup(pair => pair.Claim, pair => pair.Owner);
        return
            from service in ServicesOf(deployment.Wanted)
            from claim in ClaimsOf(service)
            from owner in taken[claim]
            select $"{service.Title()}: {claim} is of {owner} of the source";
    }

    private static IEnumerable<JsonObject> ServicesOf(DeploymentManifests manifests) => manifests.Objects.Where(value => value.Kind() == "Service");

    /// <summary>The addresses and DNS names that a service asks for.</summary>
    private static IEnumerable<string> ClaimsOf(JsonObject service)
    {
        var face = PublicFace.Of(service);
        return
        [
            .. face.Address.Length > 0 ? [$"the load balancer's address {face.Address}"] : Array.Empty<string>(),
            .. (face.ExternalIps ?? []).Select(ip => $"the external IP {ip}"),
            .. ExternalDns.IsSilenced(service) ? [] : ExternalDns.NamesOf(face.Dns).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => $"the DNS name {name.Trim()}"),
        ];
    }

    private static async Task<IEnumerable<string>> HostsOfAsync(PlannedDeployment deployment, KubeApi source, CancellationToken cancellationToken)
    {
        var wanted = deployment.Wanted.Objects.Where(value => value.Kind() == "Ingress").ToList();
        if (wanted.Count == 0)
        {
            return [];
        }

        var services = ServicesOf(deployment.Saved).Select(service => service.Name()).ToHashSet();
        var present = await SourceIngress.ReadAsync(source, services, cancellationToken);
        return
            from ingress in wanted
            from owner in present
            from host in SourceIngress.HostsOf(ingress).Intersect(owner.Hosts)
            select $"{ingress.Title()}: the host {host} is of {owner.Value.Title()} of the source";
    }
}
