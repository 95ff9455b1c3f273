using PachUp.Sdk;

namespace Acme.Freeze;

/// <summary>
/// A check asks one question, reads only, and returns what it found: a warning can be accepted by its name, a refusal by nobody.
/// </summary>
public sealed class EgressCheck : ICheck
{
    public string Name => "acme-freeze-egress";

    public string Question => "Do pipelines push their output to other systems?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "The target computes the output of pipelines again, so those with egress push all of it a second time.",
        WhenPassed = "No pipeline has egress.",
        WhenWarned = "These pipelines push their output again. Tell whoever receives it, or accept it if that does no harm.",
    };

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var pushing = context.Survey.Source.Pipelines.Where(pipeline => pipeline.Info.Egress is not null).Select(pipeline => pipeline.Name).ToList();
        return Task.FromResult(pushing.Count == 0
            ? CheckResult.Passed("No pipeline has egress.")
            : CheckResult.Warning(
                "Pipelines will push their output again.",
                $"Tell whoever receives it, then accept it with `accept: [{Name}]` under `with:` of the step pachyderm/check.",
                pushing));
    }
}
