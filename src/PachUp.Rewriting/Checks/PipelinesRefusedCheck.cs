using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Pipelines that the target would refuse to create, which stops a restore half done.</summary>
public sealed class PipelinesRefusedCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "pipelines-refused";

    /// <inheritdoc/>
    public string Question => "Would the target refuse to create one of the pipelines?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "Early releases let specs pass that later ones refuse: text in pod_spec that is not JSON, a hashtree_spec of 0, a name that Kubernetes "
            + "does not take. The restore stops at such a pipeline, half done.",
        WhenPassed = "The target takes every pipeline.",
        WhenRefused = "Correct the specs that are named, or delete the pipelines that are no longer needed, on the source.",
    };

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var expected = context.Survey.Foresight.Expected;
        var refusals = new PipelineRefusals(ReleaseTraits.Of(context.TargetRelease), expected);
        var refused = expected.Pipelines
            .SelectMany(pipeline => refusals.Of(pipeline.Info).Select(reason => $"pipeline {pipeline.Name}: {reason}"))
            .ToList();
        return Task.FromResult(refused.Count == 0
            ? CheckResult.Passed($"{context.TargetRelease} takes all pipelines")
            : CheckResult.Refused(
                $"{context.TargetRelease} refuses pipelines that {context.Survey.Source.Release} has, and a restore would stop there, half done",
                "Correct their specs on the source with \"pachctl update-pipeline\" (create the pipeline anew where its name is refused), or delete "
                    + "the pipelines that are no longer needed.",
                refused));
    }
}
