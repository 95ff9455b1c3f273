using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Switching;

/// <summary>Names the clients that PachUp cannot switch, each with what to do.</summary>
internal static class OtherClients
{
    /// <summary>One note for each way to a cluster.</summary>
    /// <param name="from">The namespace that clients use now.</param>
    /// <param name="to">The namespace that they are to use.</param>
    /// <param name="services">The services of the old deployment.</param>
    /// <param name="ingresses">The ingresses that lead to them.</param>
    public static IEnumerable<string> Of(KubeApi from, KubeApi to, IEnumerable<ServicePair> services, IEnumerable<SourceIngress> ingresses) =>
    [
        .. services.Where(pair => pair.Face.IsOnAddressOfCloud).Select(pair => AboutLoadBalancer(pair, from.Namespace, to.Namespace)),
        .. ingresses.Select(ingress => About(ingress, from.Namespace, to.Namespace)),
        .. AboutClients(from.Namespace, to.Namespace),
    ];

    private static string AboutLoadBalancer(ServicePair pair, string from, string to) =>
        $"Service {pair.Giver.Name()} is a load balancer whose address ({AddressOf(pair)}) the cloud chose; Kubernetes cannot give it to another service. Point "
            + $"DNS names and clients that use it to the new one yourself: kubectl -n {to} get service {pair.Giver.Name()} (the old one: kubectl -n {from} get service {pair.Giver.Name()}).";

    private static string AddressOf(ServicePair pair) =>
        pair.Giver.At("status", "loadBalancer")?.Items("ingress").Select(address => address.Text("ip") is { Length: > 0 } ip ? ip : address.Text("hostname")).FirstOrDefault()
            ?? "not assigned yet";

    private static string About(SourceIngress ingress, string from, string to) => ingress.IsOfPachydermAlone
        ? $"If DNS names for {HostsOf(ingress)} are not made by external-dns, compare the addresses of the old and the new ingress, and change the names if they differ: "
            + $"kubectl -n {from} get ingress {ingress.Value.Name()}; kubectl -n {to} get ingress {ingress.Value.Name()}."
        : $"Ingress {ingress.Value.Name()} for {HostsOf(ingress)} also leads to {string.Join(", ", ingress.Others.Select(name => $"Service {name}"))}, so PachUp does "
            + $"not change it. Split it and move the part of Pachyderm to namespace \"{to}\" yourself: kubectl -n {from} edit ingress {ingress.Value.Name()}.";

    private static string HostsOf(SourceIngress ingress) => string.Join(", ", ingress.Hosts.DefaultIfEmpty("all hosts"));

    private static IEnumerable<string> AboutClients(string from, string to) =>
    [
        $"Clients inside Kubernetes that use pachd.{from} have to use pachd.{to}. Find them: kubectl get deployments,statefulsets,cronjobs,configmaps --all-namespaces -o yaml "
            + $"| grep -n 'pachd\\.{from}'",
        "Other ways in are not seen by PachUp: TCP entries of ingress controllers, Istio, Contour, port forwards, DNS names outside Kubernetes. Find DNS names with "
            + "your DNS provider, and entries in ConfigMaps with: kubectl get configmaps --all-namespaces -o yaml "
            + $"| grep -n '{from}/pachd'",
        "On laptops, pachctl 1.7 to 1.9.0 uses PACHD_ADDRESS, or \"pachd_address\" in ~/.pachyderm/config.json; from 1.9.1 on, the active context. See them: "
            + "env | grep PACHD_ADDRESS; grep pachd_address ~/.pachyderm/config.json. Change them only if their address does not lead to the target now: export PACHD_ADDRESS=HOST:PORT, or "
            + "pachctl config update context --pachd-address=HOST:PORT.",
        "In CI, search variables and secrets for PACHD_ADDRESS, and for the namespace in commands: grep -rn \"PACHD_ADDRESS\\|pachctl\" in your repositories.",
    ];
}
