using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>
/// Stopping a pipeline takes the provenance of its output branch away, so that its output repo looks like an input repo. PachUp tells them by
/// the names of the pipelines; what remains to be decided is that nobody computes their output until they are started.
/// </summary>
internal sealed class StoppedOutputsCheck : ICheck
{
    public string Name => "stopped-outputs";

    public string Question => "Will output of stopped pipelines be missing until they are started?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Stopping a pipeline removes the provenance of its output branch: the output repo looks like an input repo, is in the extract with "
            + "its commits, and an open one among them makes the official restore fail. PachUp knows output repos by their pipelines. Where the "
            + "target computes output again, that of a stopped pipeline is missing until somebody starts it.",
        WhenPassed = "No pipeline is stopped, or the output of those that are arrives.",
        WhenWarned = "The finished output of the pipelines that are named is not in the target until they are started there. Copy what must "
            + "not be missing, or choose a target of 1.9.6 or later, which can be given output as it is.",
    };

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var (source, expected) = (context.Survey.Source, context.Survey.Foresight.Expected);
        var missing = source.Pipelines
            .Where(pipeline => pipeline.Stopped)
            .Select(pipeline => (pipeline.Name, Commits: CountFinished(source, pipeline.Name) - CountFinished(expected, pipeline.Name)))
            .Where(output => output.Commits > 0)
            .Select(output => $"pipeline {output.Name}: {Words.Count(output.Commits, "finished commit")}")
            .ToList();
        return Task.FromResult(missing.Count == 0
            ? CheckResult.Passed("No output of a stopped pipeline will be missing")
            : CheckResult.Warning(
                $"the output of {Words.Count(missing.Count, "stopped pipeline")} will be missing in the target until they are started there",
                "Start them there when you want it computed again, or copy what you need of it into an input repo on the source.",
                missing));
    }

    private static int CountFinished(ClusterInventory cluster, string repo) =>
        cluster.FindRepo(repo)?.Commits.Count(commit => !commit.IsOpen) ?? 0;
}
