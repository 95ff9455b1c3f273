namespace PachUp.Cli.Options;

/// <summary>A cluster on Kubernetes that <c>--source</c> or <c>--target</c> names: <c>kube:CONTEXT</c>, <c>kube:CONTEXT/NAMESPACE</c>, or a name of the settings.</summary>
/// <param name="Context">The context of the kubeconfig; null for the current one.</param>
/// <param name="Namespace">The namespace of Pachyderm; null for the namespace of the context.</param>
internal sealed record KubernetesReference(string? Context, string? Namespace)
{
    /// <summary>What the text of such a reference begins with.</summary>
    public const string Prefix = "kube:";

    /// <summary>The cluster that a text names; null if the text is an address, or another name.</summary>
    public static KubernetesReference? Find(string? text) => text switch
    {
        null => null,
        _ when text.StartsWith(Prefix, StringComparison.Ordinal) => Split(text[Prefix.Length..]),
        _ => ToolSettings.FindCluster(text) is { IsOnKubernetes: true } cluster ? new(cluster.KubeContext, cluster.Namespace) : null,
    };

    /// <summary>The name of a context may have slashes, as those of OpenShift have, so the namespace is what stands behind the last one.</summary>
    private static KubernetesReference Split(string text)
    {
        var slash = text.LastIndexOf('/');
        return slash < 0 ? new(NonEmpty(text), null) : new(NonEmpty(text[..slash]), NonEmpty(text[(slash + 1)..]));
    }

    private static string? NonEmpty(string text) => text.Length == 0 ? null : text;
}
