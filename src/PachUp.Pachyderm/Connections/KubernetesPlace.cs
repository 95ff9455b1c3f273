namespace PachUp.Pachyderm.Connections;

/// <summary>Where a context of pachctl's config file finds pachd, if it has no address: in a cluster of the user's kubeconfig.</summary>
/// <param name="Cluster">The name of the cluster in the kubeconfig; empty for that of its current context.</param>
/// <param name="User">The name of the user in the kubeconfig; empty for that of its current context.</param>
/// <param name="Namespace">The namespace of pachd; empty for that of the kubeconfig's context.</param>
public sealed record KubernetesPlace(string Cluster, string User, string Namespace)
{
    /// <summary>How to reach it: the exact options, and what to do for a command that does not have them.</summary>
    /// <param name="context">The context of the kubeconfig that leads there; null where none was found.</param>
    /// <param name="addressOption">The option that takes an address.</param>
    internal string DescribeWays(string? context, string addressOption)
    {
        // Most tools that write kubeconfigs give a context the name of its cluster.
        var name = context ?? Cluster;
        var hint = context is null && Cluster.Length > 0
            ? $" The kubeconfig has no context with the cluster \"{Cluster}\" and the user \"{User}\" now; \"kubectl config get-contexts\" shows those that it has."
            : "";
        return $"Give{Options("--kube-context", name)}. A command without these options takes {addressOption} localhost:{ClusterAddress.DefaultPort} while this "
            + $"runs: kubectl{Options("--context", name)} port-forward deployment/pachd {ClusterAddress.DefaultPort}:650.{hint}";
    }

    private string Options(string contextOption, string context) => Option(contextOption, context) + Option("--namespace", Namespace);

    private static string Option(string option, string value) => value switch
    {
        "" => "",
        _ when value.All(character => char.IsAsciiLetterOrDigit(character) || "-_.:/@".Contains(character, StringComparison.Ordinal)) => $" {option} {value}",
        _ => $" {option} '{value.Replace("'", "'\\''", StringComparison.Ordinal)}'",
    };
}
