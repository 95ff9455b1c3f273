using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>A target that takes operations of 1.7 for its own does not convert the trees in them.</summary>
public sealed class TreesConvertedCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "trees-converted";

    /// <inheritdoc/>
    public string Question => "Does the target convert the trees of commits?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "1.8 keeps the trees of commits in another form than 1.7. From 1.8.1 on servers convert them when they restore; 1.8.0 speaks the "
            + "generation of 1.7 itself and takes such operations as they are.",
        WhenPassed = "The target converts the trees.",
        WhenWarned = "Choose a later release with --to, or be ready for files that cannot be read; verification would say so.",
        Releases = "targets before 1.8.1",
        Issues = [3376, 3316, 3259],
    };

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(
        ReleaseTraits.Of(context.TargetRelease).ConvertsTreesOfV1_7
            ? CheckResult.Passed($"{context.TargetRelease} converts the trees of 1.7")
            : CheckResult.Warning(
                $"{context.TargetRelease} does not convert the trees of 1.7, so files may be unreadable after the restore",
                "Choose a later release of the line, such as --to 1.8.8."));
}
