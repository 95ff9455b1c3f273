using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;

namespace PachUp.Rewriting.Rules;

/// <summary>1.9 gives every service a type. Its default <c>NodePort</c> is what earlier releases deploy.</summary>
public sealed class ServiceTypes : PipelineRule
{
    private const string TypeUntil1_8 = "NodePort";

    /// <inheritdoc/>
    protected override string Rule => "service-type";

    /// <inheritdoc/>
    protected override string Why(ReleaseTraits target) =>
        $"{target.Release.Line} stores the type of a service, and earlier releases deploy {TypeUntil1_8}";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Change(PipelineInfo pipeline, ReleaseTraits target)
    {
        if (pipeline.Service is not { Type.Length: 0 } service)
        {
            return [];
        }

        service.Type = TypeUntil1_8;
        return [$"service.type: none -> {TypeUntil1_8}"];
    }
}
