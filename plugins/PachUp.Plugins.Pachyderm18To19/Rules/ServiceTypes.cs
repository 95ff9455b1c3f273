using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Plugins.Pachyderm18To19.Rules;

/// <summary>1.9 gives every service a type, <c>NodePort</c> where none is asked for, which is how 1.8 deploys all of them.</summary>
internal sealed class ServiceTypes : PipelineRule
{
    private const string TypeOf1_8 = "NodePort";

    protected override string Rule => "service-type";

    protected override string Why => "1.9 states the type of a service, and NodePort is what 1.8 deploys";

    protected override IReadOnlyList<string> Change(PipelineInfo pipeline, ReleaseTraits target)
    {
        if (pipeline.Service is not { Type.Length: 0 } service)
        {
            return [];
        }

        service.Type = TypeOf1_8;
        return [$"service.type: none -> {TypeOf1_8}"];
    }
}
