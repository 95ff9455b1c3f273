using PachUp.Common.Text;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Tells the known defects of exactly these two releases.</summary>
internal sealed class KnownDefectsCheck : ICheck
{
    public string Name => "known-defects";

    public string Question => "Do these two releases have known defects?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Most problems of migrations are known, and they depend on the two releases.",
        WhenPassed = "PachUp avoids every known defect of these two releases. These are the defects and how PachUp avoids them: "
            + string.Join("; ", KnownDefects.All.Where(defect => defect.AvoidedBy is not null)) + ".",
        WhenWarned = "PachUp cannot avoid the named defects. Do what is written beside each of them.",
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
                $"{Words.Count(defects.Count, "defect")} of {source} and {target} are known; PachUp avoids {defects.Count - open.Count} of them, "
                    + "you have to avoid the others",
                "Do what is written beside each defect. \"pachup explain known-defects\" lists the defects that PachUp avoids.",
                open));
    }
}
