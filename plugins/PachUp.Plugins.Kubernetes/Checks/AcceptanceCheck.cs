using PachUp.Plugins.Kubernetes.Deploying;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Checks;

/// <summary>Asks the API server with a dry run whether it would accept what is deployed, and what a rollback deploys again.</summary>
internal sealed class AcceptanceCheck : ICheck
{
    public string Name => "kubernetes-dry-run";

    public string Question => "Does the API server accept what is going to be deployed?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Permissions, admission webhooks, policies and quotas decide when an object is created. If the API server refuses an object of the new release, "
            + "or one of the old release in a rollback, the cluster is down until someone removes the cause.",
        WhenPassed = "A dry run of every object was accepted, or the API server has no dry run (Kubernetes before 1.13).",
        WhenRefused = "The API server refuses the named objects, with these answers. Change its policies, or deploy objects that it accepts: "
            + "\"manifests: DIR\" in the plan's cluster.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Reload or PlanPurpose.Upgrade;

    public bool IsAboutTarget => true;

    public bool IsAboutThisMachine => true;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => PlannedDeployment.AskAsync(
        context,
        async deployment => await TargetAcceptance.FindRefusalsAsync(deployment, mayCreate: false, cancellationToken) switch
        {
            null => CheckResult.Passed("The API server has no dry run, or the namespace does not exist yet, so nothing could be asked"),
            [] => CheckResult.Passed("The API server accepts a dry run of every object"),
            var refusals => CheckResult.Refused("the API server refuses objects that have to be deployed", "Remove the cause that the answers name.", refusals),
        },
        cancellationToken);
}
