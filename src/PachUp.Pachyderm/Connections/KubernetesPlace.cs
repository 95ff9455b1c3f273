namespace PachUp.Pachyderm.Connections;

/// <summary>The place of pachd in Kubernetes, for a context of pachctl's config file that has no address.</summary>
/// <param name="Cluster">The name of the cluster in the kubeconfig; empty for the cluster of the current context.</param>
/// <param name="User">The name of the user in the kubeconfig; empty for the user of the current context.</param>
/// <param name="Namespace">The namespace of pachd; empty for the namespace of the context.</param>
public sealed record KubernetesPlace(string Cluster, string User, string Namespace)
{
    /// <summary>How to reach this pachd: the exact options, and what to do for a command without these options.</summary>
    /// <param name="context">The matching context of the kubeconfig; null if there is none.</param>
    /// <param name="addressOption">The option that takes an address.</param>
    internal string DescribeWays(string? context, string addressOption)
    {
        // In most kubeconfigs a context has the name of its cluster.
        var name = context ?? Cluster;
        var hint = context is null && Cluster.Length > 0
            ? $" The kubeconfig has no context with the cluster \"{Cluster}\" and the user \"{User}\". \"kubectl config get-contexts\" lists the contexts."
            : "";
        return $"Give{Options("--kube-context", name)}. For a command without these options, run kubectl{Options("--context", name)} port-forward "
            + $"deployment/pachd {ClusterAddress.DefaultPort}:650 and give {addressOption} localhost:{ClusterAddress.DefaultPort}.{hint}";
    }

    private string Options(string contextOption, string context) => Option(contextOption, context) + Option("--namespace", Namespace);

    private static string Option(string option, string value) => value switch
    {
        "" => "",
        _ when value.All(character => char.IsAsciiLetterOrDigit(character) || "-_.:/@".Contains(character, StringComparison.Ordinal)) => $" {option} {value}",
        _ => $" {option} '{value.Replace("'", "'\\''", StringComparison.Ordinal)}'",
    };
}
