using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Finds pipelines that the target would refuse, which would stop a restore halfway.</summary>
public sealed class PipelinesRefusedCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "pipelines-refused";

    /// <inheritdoc/>
    public string Question => "Would the target refuse to create a pipeline?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "Early releases accept specs that later releases refuse: text in pod_spec that is not JSON, a hashtree_spec of 0, a name that "
            + "Kubernetes does not accept. A restore stops halfway at such a pipeline.",
        WhenPassed = "The target accepts every pipeline.",
        WhenRefused = "Correct the named specs on the source, or delete pipelines that you do not need any more.",
    };

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var expected = context.Survey.ExpectedTarget.Inventory;
        var refusals = new PipelineRefusals(ReleaseTraits.Of(context.TargetRelease), expected);
        var refused = expected.Pipelines
            .SelectMany(pipeline => refusals.Of(pipeline.Info).Select(reason => $"pipeline {pipeline.Name}: {reason}"))
            .ToList();
        return Task.FromResult(refused.Count == 0
            ? CheckResult.Passed($"{context.TargetRelease} accepts all pipelines")
            : CheckResult.Refused(
                $"{context.TargetRelease} refuses pipelines that {context.Survey.Source.Release} has; a restore would stop there halfway",
                "Correct their specs on the source with \"pachctl update-pipeline\" (if a name is refused, create the pipeline again under another "
                    + "name), or delete pipelines that you do not need any more.",
                refused));
    }
}
