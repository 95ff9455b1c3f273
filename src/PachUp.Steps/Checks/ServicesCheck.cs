using System.Globalization;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Services are reached from outside, and a node port can be taken once.</summary>
internal sealed class ServicesCheck : PipelineKindCheck
{
    public override string Name => "services";

    public override string Question => "Are there services?";

    public override CheckGuide Guide { get; } = new()
    {
        Why = "A service is reached from outside at an address that Kubernetes gives anew, or at a node port. A node port is taken by one service "
            + "at a time, in all namespaces: beside the old cluster the new one cannot have it.",
        WhenPassed = "No pipeline is a service.",
        WhenWarned = "Tell the users of the services that are named when they are away and where they are afterwards. Side by side, delete the "
            + "service of the source, or choose another external port, before the target is started.",
    };

    protected override string Kind => "service";

    protected override string Remedy => "Tell their users; with both clusters on one Kubernetes, free their node ports first.";

    protected override string Found(string count) => $"{count} will be away while the migration runs, and get new addresses";

    protected override IEnumerable<string> Parts(PipelineInfo pipeline) => new[] { pipeline.Service, pipeline.Spout?.Service }
        .OfType<Service>()
        .Select(service => string.Create(
            CultureInfo.InvariantCulture, $"port {service.InternalPort} inside, node port {service.ExternalPort} outside"));
}
