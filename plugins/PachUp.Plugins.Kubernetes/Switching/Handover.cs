using PachUp.Common.Text;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Switching;

/// <summary>Everything that leads clients to the old deployment and can lead them to the new one.</summary>
/// <param name="from">The namespace of the old deployment.</param>
/// <param name="to">The namespace of the new one.</param>
/// <param name="run">The id of the run.</param>
internal sealed class Handover(KubeApi from, KubeApi to, string run)
{
    private readonly ServiceHandover _services = new(from, to, run);
    private readonly IngressHandover _ingresses = new(from, to, run);

    /// <summary>What would be switched, and what leads to the old deployment besides. It only reads.</summary>
    public async Task<Switched> LookAsync(CancellationToken cancellationToken)
    {
        var pairs = await _services.AllPairsAsync(cancellationToken);
        return new Switched(from, to, pairs, await _ingresses.FindAsync(NamesOf(pairs), cancellationToken));
    }

    /// <summary>Switches clients to the new deployment; doing it again is harmless.</summary>
    public async Task<Switched> CarryOutAsync(CancellationToken cancellationToken)
    {
        var found = await LookAsync(cancellationToken);
        await _services.CarryOutAsync(cancellationToken);
        await _ingresses.CarryOutAsync(NamesOf(found.AllServices), cancellationToken);
        return found;
    }

    /// <summary>Switches clients back; does nothing if they were not switched.</summary>
    public async Task<Switched> TakeBackAsync(CancellationToken cancellationToken)
    {
        await _ingresses.TakeBackAsync(cancellationToken);
        await _services.TakeBackAsync(cancellationToken);
        return await LookAsync(cancellationToken);
    }

    private static IReadOnlyCollection<string> NamesOf(IEnumerable<ServicePair> pairs) => [.. pairs.Select(pair => pair.Giver.Name())];
}

/// <summary>What leads clients to the old deployment.</summary>
/// <param name="From">The namespace of the old deployment.</param>
/// <param name="To">The namespace of the new one.</param>
/// <param name="AllServices">All services of the old deployment.</param>
/// <param name="AllIngresses">All ingresses that lead to them.</param>
internal sealed record Switched(KubeApi From, KubeApi To, IReadOnlyList<ServicePair> AllServices, IReadOnlyList<SourceIngress> AllIngresses)
{
    /// <summary>The services that give something to the new ones.</summary>
    public IReadOnlyList<ServicePair> Services => [.. AllServices.Where(pair => !pair.Face.IsEmpty)];

    /// <summary>The ingresses that are moved.</summary>
    public IReadOnlyList<SourceIngress> Ingresses => [.. AllIngresses.Where(ingress => ingress.IsOfPachydermAlone)];

    /// <summary>What PachUp does not switch, each with what to do.</summary>
    public IEnumerable<string> OtherClients => Switching.OtherClients.Of(From, To, AllServices, AllIngresses);

    /// <summary>Where clients are led now, in words.</summary>
    /// <param name="ns">The namespace to which they are led.</param>
    public string Describe(string ns)
    {
        var counts = new[] { (Services.Count, Noun: "service"), (Ingresses.Count, Noun: "ingress") };
        return counts.Where(count => count.Count > 0).Select(count => Words.Count(count.Count, count.Noun)).ToList() is { Count: > 0 } switched
            ? $"What clients know of {string.Join(" and ", switched)} leads to namespace \"{ns}\""
            : $"Nothing that PachUp can switch leads clients to namespace \"{From.Namespace}\"";
    }
}
