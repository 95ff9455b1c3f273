using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Checks that the target converts the trees of 1.7. A release that uses operations of 1.7 itself does not.</summary>
public sealed class TreesConvertedCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "trees-converted";

    /// <inheritdoc/>
    public string Question => "Does the target convert the trees of commits?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "1.8 stores the trees of commits in another format than 1.7. From 1.8.1 on, servers convert them during a restore. 1.8.0 itself uses "
            + "the operations of 1.7 and does not convert them.",
        WhenPassed = "The target converts the trees.",
        WhenWarned = "Choose a later release with --to. Otherwise files may be unreadable; verification would report this.",
        Releases = "targets before 1.8.1",
        Issues = [3376, 3316, 3259],
    };

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(
        ReleaseTraits.Of(context.TargetRelease).ConvertsTreesOfV1_7
            ? CheckResult.Passed($"{context.TargetRelease} converts the trees of 1.7")
            : CheckResult.Warning(
                $"{context.TargetRelease} does not convert the trees of 1.7, so files may be unreadable after the restore",
                "Choose a later release of the line, for example --to 1.8.8."));
}
