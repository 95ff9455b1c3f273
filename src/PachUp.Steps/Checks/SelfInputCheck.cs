using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>
/// Finds a pipeline that has its own name as input. Its creation fails, but it stays listed; then extract crashes pachd (stack overflow), and
/// deleting the pipeline deletes the input repo. Observed on 1.7.14 to 1.9.12.
/// </summary>
internal sealed class SelfInputCheck : ICheck
{
    public string Name => "self-input";

    public string Question => "Does any pipeline have its own name as input?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Creating a pipeline that reads the repo with its own name fails, but the pipeline stays listed. While it is listed, every extract "
            + "crashes pachd (stack overflow). Observed on all tried releases from 1.7.14 to 1.9.12.",
        WhenPassed = "No pipeline reads a repo with its own name.",
        WhenRefused = "Do not delete the pipeline: that also deletes the repo with the same name and its data. Copy the repo to another name, "
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
                "an extract would crash pachd on the source: a pipeline has its own name as input",
                "Do not delete the pipeline: that also deletes the repo with the same name and its data. Copy the repo to another name first, then "
                    + "delete the pipeline and plan again.",
                selfInputs));
    }
}
