using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Plugins.Pachyderm18To19.Rules;

/// <summary>
/// 1.9 gives every service a type, <c>NodePort</c> where none is asked for, which is how 1.8 deploys all of them. The address is given by
/// Kubernetes and is none of the spec.
/// </summary>
internal sealed class ServiceTypes : PipelineRule
{
    private const string TypeOf1_8 = "NodePort";

    protected override string Rule => "service-type";

    protected override string Why => "1.9 states the type of a service, and NodePort is what 1.8 deploys";

    protected override IReadOnlyList<string> Change(PipelineInfo pipeline, ReleaseTraits target)
    {
        if (pipeline.Service is not { } service)
        {
            return [];
        }

        var details = new List<string>();
        if (service.Ip.Length > 0)
        {
            details.Add($"service.ip: {service.Ip} -> given by Kubernetes");
            service.Ip = "";
        }

        if (service.Type.Length == 0)
        {
            details.Add($"service.type: none -> {TypeOf1_8}");
            service.Type = TypeOf1_8;
        }

        return details;
    }
}
