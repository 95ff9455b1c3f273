using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Fencing;

/// <summary>The mark on a fenced object.</summary>
/// <param name="Way">The kind of fence: <c>services</c>.</param>
/// <param name="Run">The run that fenced it.</param>
internal sealed record FenceMark(string Way, string Run)
{
    /// <summary>The fence of a namespace; null if there is none.</summary>
    public static async Task<FenceMark?> FindAsync(KubeApi api, CancellationToken cancellationToken)
    {
        var services = await api.ListAsync("Service", Labels.Suite, cancellationToken);
        var marked = services.FirstOrDefault(service => service.Annotation(Labels.Unfenced).Length > 0)
            ?? await NetworkPolicyFence.FindAsync(api, cancellationToken);
        return marked is null ? null : Parse(marked.Annotation(Labels.FencedBy));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Way} {Run}";

    private static FenceMark Parse(string text) => text.Split(' ') is [var way, var run] ? new FenceMark(way, run) : new FenceMark("somehow", "unknown");
}
