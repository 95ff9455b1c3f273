using PachUp.Sdk;

namespace PachUp.Steps.Platforms;

/// <summary>The steps that act on the deployment of a cluster.</summary>
internal static class PlatformSteps
{
    private static readonly StepTraits OnDeployment = new() { ActsOnDeployment = true, IsSafeInRehearsal = true };

    public static PlatformStep<SourceArguments> Save() =>
        new("platform/save", "Saves the deployment, so that it can be deployed again.", _ => new PlatformAction.Save(), OnDeployment);

    public static PlatformStep<SourceArguments> Fence() => new(
        "platform/fence",
        "Keeps writers out of a cluster; PachUp can still write.",
        _ => new PlatformAction.Fence(),
        new StepTraits { ActsOnDeployment = true, IsSafeInRehearsal = true, KeepsWritersOut = true });

    public static PlatformStep<SourceArguments> Unfence() => new(
        "platform/unfence",
        "Lets writers into a cluster again.",
        _ => new PlatformAction.Unfence(),
        new StepTraits { ActsOnDeployment = true, IsSafeInRehearsal = true, LetsWritersIn = true });

    public static PlatformStep<UndeployArguments> Undeploy() => new(
        "platform/undeploy",
        "Removes the deployment; keeps its volumes unless the plan says otherwise.",
        arguments => new PlatformAction.Undeploy(arguments.KeepVolumes, arguments.Timeout) { TimeoutByHand = arguments.TimeoutByHand },
        new StepTraits { ActsOnDeployment = true, IsSafeInRehearsal = true, RemovesSource = true });

    public static PlatformStep<DeployArguments> Deploy() => new(
        "platform/deploy",
        "Deploys a release and waits until it is ready.",
        arguments => new PlatformAction.Deploy(arguments.Release, arguments.FreshMetadata, arguments.Timeout) { TimeoutByHand = arguments.TimeoutByHand },
        new StepTraits { ActsOnDeployment = true, IsSafeInRehearsal = true, DeploysTarget = true });

    public static PlatformStep<WaitArguments> Wait() => new(
        "platform/wait",
        "Waits until a release answers calls.",
        arguments => new PlatformAction.Wait(arguments.Release, arguments.Timeout),
        OnDeployment);

    public static PlatformStep<TargetArguments> Switch() =>
        new(
        "platform/switch",
        "Makes clients use a cluster.",
        _ => new PlatformAction.Switch(),
        new StepTraits { ActsOnDeployment = true, IsSafeInRehearsal = true, SwitchesClients = true });
}
