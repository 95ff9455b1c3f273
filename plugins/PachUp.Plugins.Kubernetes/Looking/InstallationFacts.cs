using System.Collections.Immutable;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Sdk.Platforms;

namespace PachUp.Plugins.Kubernetes.Looking;

/// <summary>Describes a deployment in words.</summary>
internal static class InstallationFacts
{
    public static ImmutableArray<DeploymentFact> Of(Installation installation) =>
    [
        new("Namespace", installation.Namespace),
        new("Deployed", installation.Release is { } release ? $"pachd {release}, from the tag of its image" : "no pachd with a release in the tag of its image"),
        .. installation.Parts.Select(part => new DeploymentFact(part.App, Describe(part))),
        new("Storage", Describe(installation.Backend, installation.SecretKeys)),
        .. installation.Volumes.Select(volume => new DeploymentFact("Metadata", Describe(volume))),
        .. installation.Services.Select(service => new DeploymentFact("Service", Describe(service))),
        new("Traffic", installation.Fence is { } fence ? $"fenced ({fence.Way}) since run {fence.Run}: clients are kept out" : "open: clients are let in"),
        new("Workers", $"{installation.Workers} replication controllers of pipelines"),
        .. installation.WorkerTroubles.Select(trouble => new DeploymentFact("Not started", trouble)),
        .. installation.Foreign.Select(title => new DeploymentFact("Not Pachyderm's", $"{title}, although it is labelled {Labels.Suite}")),
    ];

    private static string Describe(Part part)
    {
        var restarts = part.Restarts > 0 ? $", restarted {part.Restarts} times" : "";
        return $"{part.Kind} of {string.Join(" and ", part.Images)}: {part.Ready} of {part.Wanted} ready{restarts}";
    }

    private static string Describe(string backend, ImmutableArray<string> keys)
    {
        var secret = keys.IsEmpty ? "no storage secret, or an empty one" : $"secret with {string.Join(", ", keys)}";
        return backend.Length > 0 ? $"{backend}, {secret}" : secret;
    }

    private static string Describe(Volume volume) => volume switch
    {
        { Claim: "" } => $"directory {volume.Name} of the node",
        { Name: "" } => $"claim {volume.Claim}, {Phase(volume)}, without a volume",
        _ => $"claim {volume.Claim}, {Phase(volume)}, on volume {volume.Name} ({Policy(volume)})",
    };

    private static string Phase(Volume volume) => volume.Phase.Length > 0 ? volume.Phase.ToLowerInvariant() : "state unknown";

    private static string Policy(Volume volume) => volume.ReclaimPolicy switch
    {
        "" => "reclaim policy unknown",
        "Retain" => "kept when its claim is deleted",
        var policy => $"{policy}: deleted with its claim",
    };

    private static string Describe(ServiceFacts service) =>
        $"{service.Name}, {service.Type}: {string.Join(", ", service.Ports)}{(service.IsFenced ? "; fenced, its clients are kept out" : "")}";
}
