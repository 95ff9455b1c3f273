using System.Globalization;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Finds pipelines that are services: users reach them from outside, and two services cannot have the same node port.</summary>
internal sealed class ServicesCheck : PipelineKindCheck
{
    public override string Name => "services";

    public override string Question => "Is any pipeline a service?";

    public override CheckGuide Guide { get; } = new()
    {
        Why = "Users reach a service at an address that Kubernetes assigns when it starts, or at a node port. Only one service in all namespaces "
            + "can have a node port, so the new cluster cannot use the port while the old cluster has it.",
        WhenPassed = "No pipeline is a service.",
        WhenWarned = "Tell the users of the named services how long they are not available and what their new addresses are. Side by side, delete "
            + "the service of the source or choose another external port before you start the target.",
    };

    protected override string Kind => "service";

    protected override string Remedy => "Tell their users. If both clusters are on one Kubernetes, free the node ports first.";

    protected override string Found(string count) => $"{count} will not be available during the migration, and will get new addresses";

    protected override IEnumerable<string> Parts(PipelineInfo pipeline) => new[] { pipeline.Service, pipeline.Spout?.Service }
        .OfType<Service>()
        .Select(service => string.Create(
            CultureInfo.InvariantCulture, $"port {service.InternalPort} inside, node port {service.ExternalPort} outside"));
}
