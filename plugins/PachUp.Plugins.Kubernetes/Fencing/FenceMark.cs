using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Fencing;

/// <summary>What a fenced object says about its fence.</summary>
/// <param name="Way">How: <c>services</c>.</param>
/// <param name="Run">The run that put it up.</param>
internal sealed record FenceMark(string Way, string Run)
{
    /// <summary>The fence that is up in a namespace; null where none is.</summary>
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
