using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Says before the first migration into such a line that the license of the server changes.</summary>
public sealed class LicenseCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "license";

    /// <inheritdoc/>
    public string Question => "Does the target have another license than the source?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "Pachyderm is published under Apache 2.0 up to 1.9, and under the Pachyderm Community License from 1.10.0 on.",
        WhenPassed = "The license does not change, or the plan names the new one. Read it before you deploy the target.",
        Releases = "sources up to 1.9, targets from 1.10 on",
    };

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(
        ReleaseTraits.Of(context.TargetRelease).HasCommunityLicense && !ReleaseTraits.Of(context.Survey.Source.Release).HasCommunityLicense
            ? new CheckResult(
                CheckOutcome.Passed,
                $"The license changes: {context.Survey.Source.Release} has Apache 2.0, {context.TargetRelease} has the Pachyderm Community License",
                $"Read the license (file LICENSE of the release {context.TargetRelease}) before you deploy {context.TargetRelease}.")
            : CheckResult.Passed("The license does not change"));
}
