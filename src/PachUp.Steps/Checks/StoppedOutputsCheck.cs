using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>
/// Stopping a pipeline removes the provenance of its output branch, so its output repo looks like an input repo. PachUp recognises output repos by
/// the names of the pipelines. This check tells the user that the target does not compute their output until they are started.
/// </summary>
internal sealed class StoppedOutputsCheck : ICheck
{
    public string Name => "stopped-outputs";

    public string Question => "Will the output of stopped pipelines be missing on the target?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Stopping a pipeline removes the provenance of its output branch, so the output repo looks like an input repo. The extract then "
            + "contains its commits, and an open commit among them makes the official restore fail. PachUp recognises output repos by the names of "
            + "the pipelines. If the target computes output again, the output of a stopped pipeline is missing until you start the pipeline.",
        WhenPassed = "No pipeline is stopped, or the plan carries the output of the stopped pipelines.",
        WhenWarned = "The finished output of the named pipelines is missing on the target until you start them there. Copy output that you need, "
            + "or choose a target release of 1.9.6 or later, which can keep output unchanged.",
    };

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var (source, expected) = (context.Survey.Source, context.Survey.ExpectedTarget.Inventory);
        var missing = source.Pipelines
            .Where(pipeline => pipeline.Stopped)
            .Select(pipeline => (pipeline.Name, Commits: CountFinished(source, pipeline.Name) - CountFinished(expected, pipeline.Name)))
            .Where(output => output.Commits > 0)
            .Select(output => $"pipeline {output.Name}: {Words.Count(output.Commits, "finished commit")}")
            .ToList();
        return Task.FromResult(missing.Count == 0
            ? CheckResult.Passed("No output of a stopped pipeline will be missing")
            : CheckResult.Warning(
                $"the output of {Words.Count(missing.Count, "stopped pipeline")} will be missing on the target until you start them there",
                "Start them on the target if it should compute the output again, or copy what you need into an input repo on the source.",
                missing));
    }

    private static int CountFinished(ClusterInventory cluster, string repo) =>
        cluster.FindRepo(repo)?.Commits.Count(commit => !commit.IsOpen) ?? 0;
}
