using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm18To19.Checks;

/// <summary>Pipelines that 1.9 would refuse to create, which stops a restore half done.</summary>
internal sealed class PipelinesRefusedCheck : ICheck
{
    public string Name => "pipelines-refused";

    public string Question => "Would 1.9 refuse to create one of the pipelines?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Early releases let specs pass that later ones refuse: text in pod_spec that is not JSON, a hashtree_spec of 0. The restore stops at "
            + "such a pipeline, half done.",
        WhenPassed = "The target takes every pipeline.",
        WhenRefused = "Correct the specs that are named, or delete the pipelines that are no longer needed, on the source.",
    };

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var expected = context.Survey.Foresight.Expected;
        var refused = expected.Pipelines
            .SelectMany(pipeline => PipelineRefusals.Of(pipeline.Info, expected).Select(reason => $"pipeline {pipeline.Name}: {reason}"))
            .ToList();
        return Task.FromResult(refused.Count == 0
            ? CheckResult.Passed("1.9 takes all pipelines")
            : CheckResult.Refused(
                "1.9 refuses pipelines that 1.8 has, and a restore would stop there, half done",
                "Correct their specs on the source with \"pachctl update-pipeline\", or delete the pipelines that are no longer needed.",
                refused));
    }
}
