using PachUp.Sdk;

namespace Acme.Freeze;

/// <summary>
/// A check asks one question. It only reads, and returns what it found: the user can accept a warning by name, but not a refusal.
/// </summary>
public sealed class EgressCheck : ICheck
{
    public string Name => "acme-freeze-egress";

    public string Question => "Do pipelines push their output to other systems?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "The target computes the output of pipelines again, so pipelines with egress push all of it a second time.",
        WhenPassed = "No pipeline has egress.",
        WhenWarned = "These pipelines push their output again. Tell the receivers, or accept the warning if this does no harm.",
    };

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var pushing = context.Survey.Source.Pipelines.Where(pipeline => pipeline.Info.Egress is not null).Select(pipeline => pipeline.Name).ToList();
        return Task.FromResult(pushing.Count == 0
            ? CheckResult.Passed("No pipeline has egress.")
            : CheckResult.Warning(
                "Pipelines will push their output again.",
                $"Tell the receivers, then accept the warning with `accept: [{Name}]` under `with:` of the step pachyderm/check.",
                pushing));
    }
}
