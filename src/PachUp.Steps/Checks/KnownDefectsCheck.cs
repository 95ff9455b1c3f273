using PachUp.Common.Text;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>What is known to go wrong with exactly these two releases.</summary>
internal sealed class KnownDefectsCheck : ICheck
{
    public string Name => "known-defects";

    public string Question => "Which known defects have exactly these two releases?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Most of what can go wrong in a migration has gone wrong before, and depends on the two releases.",
        WhenPassed = "PachUp avoids every defect that is known of this pair. What it avoids, and how: "
            + string.Join("; ", KnownDefects.All.Where(defect => defect.AvoidedBy is not null)) + ".",
        WhenWarned = "PachUp can do nothing about the defects that are named; somebody has to, as it says beside each.",
        Issues = [.. KnownDefects.All.SelectMany(defect => defect.Issues).Distinct().Order()],
    };

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var (source, target) = (context.Survey.Source.Release, context.TargetRelease);
        var defects = KnownDefects.All.Where(defect => defect.Concerns(source, target)).ToList();
        var open = defects.Where(defect => defect.ToDo is not null).Select(defect => defect.ToString()).ToList();
        return Task.FromResult(open.Count == 0
            ? CheckResult.Passed($"{Words.Count(defects.Count, "defect")} of {source} and {target} are known, and PachUp avoids all of them")
            : CheckResult.Warning(
                $"{Words.Count(defects.Count, "defect")} of {source} and {target} are known; PachUp avoids {defects.Count - open.Count}, and the rest is for you",
                "Do what it says beside each. \"pachup explain known-defects\" lists the ones that PachUp avoids.",
                open));
    }
}
