using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Says how contexts of pachctl are renewed: from 1.10 on, pachctl refuses a deployment with another id than the one in its context.</summary>
public sealed class ContextsCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "contexts";

    /// <inheritdoc/>
    public string Question => "Does pachctl accept the new deployment with its old contexts?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "From 1.10 on, each deployment has an id. pachctl stores it in its context, and refuses a cluster with another id (\"connected to the wrong "
            + "cluster\").",
        WhenPassed = "The plan names the command that renews a context.",
        Releases = "targets from 1.10 on",
    };

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(
        ReleaseTraits.Of(context.TargetRelease).HasDeploymentId
            ? new CheckResult(
                CheckOutcome.Passed,
                $"pachctl {context.TargetRelease.Line} stores the id of the deployment in its context",
                "If pachctl says that it is connected to the wrong cluster after the migration, run: pachctl config update context CONTEXT "
                + "--remove-cluster-deployment-id")
            : CheckResult.Passed($"{context.TargetRelease.Line} has no deployment ids"));
}
