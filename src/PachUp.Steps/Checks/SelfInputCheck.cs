using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>
/// A pipeline that was created with its own name as input stays listed although its creation failed; extract then crashes the server (stack
/// overflow), and deleting the pipeline deletes the input repo. Seen on 1.7.14 to 1.9.12.
/// </summary>
internal sealed class SelfInputCheck : ICheck
{
    public string Name => "self-input";

    public string Question => "Is there a pipeline that has its own name as input?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Creating a pipeline that reads the repo of its own name fails, but the pipeline stays listed. From then on extract crashes pachd "
            + "(a stack overflow), for as long as the pipeline is there. Seen on all releases from 1.7.14 to 1.9.12.",
        WhenPassed = "No pipeline reads a repo of its own name.",
        WhenRefused = "Do not delete the pipeline: that deletes the repo of the same name with its data. Copy the repo to one of another name, "
            + "check the copy, then delete the pipeline.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.ReadsCluster();

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var selfInputs = context.Survey.Source.Pipelines
            .Where(pipeline => PipelineInputs.Repos(pipeline.Info).Contains(pipeline.Name))
            .Select(pipeline => $"pipeline {pipeline.Name}")
            .ToList();
        return Task.FromResult(selfInputs.Count == 0
            ? CheckResult.Passed("No pipeline has its own name as input")
            : CheckResult.Refused(
                "extracting this cluster would crash pachd: a pipeline has its own name as input",
                "Do not delete the pipeline: that deletes the repo of the same name and its data. Copy the repo to one of another name "
                    + "first, then delete the pipeline, and plan again.",
                selfInputs));
    }
}
