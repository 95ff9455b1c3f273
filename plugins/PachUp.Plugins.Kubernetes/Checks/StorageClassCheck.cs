using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Deploying;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Checks;

/// <summary>Finds storage classes that do not exist, before the fresh volume of etcd needs them.</summary>
internal sealed class StorageClassCheck : ICheck
{
    private static readonly string[] DefaultMarks = ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"];

    public string Name => "kubernetes-storage-class";

    public string Question => "Do the storage classes of the target's new volumes exist?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "The new release gets a new volume for its metadata, of the same class and size as the old one. If someone deleted the class since, no volume "
            + "is made, and the cluster is down until there is one.",
        WhenPassed = "Every storage class that a new claim names exists, or is created together with the claim.",
        WhenWarned = "A new claim names no storage class, and no class is the default. If the volume of the old claim was made by hand, make another one.",
        WhenRefused = "Create the named class again, or deploy with another one from your own manifests: \"manifests: DIR\" in the plan's cluster.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Reload;

    public bool IsAboutTarget => true;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) =>
        PlannedDeployment.AskAsync(context, deployment => AskAsync(deployment, cancellationToken), cancellationToken);

    private static async Task<CheckResult> AskAsync(PlannedDeployment deployment, CancellationToken cancellationToken)
    {
        var created = deployment.Wanted.Objects.Where(value => value.Kind() == "StorageClass").Select(value => value.Name()).ToHashSet();
        var present = await deployment.Target.ListRecentAsync("StorageClass", "", cancellationToken);
        var claims = NewClaims.In(deployment.Wanted, deployment.Placement.IsBeside ? new DeploymentManifests([]) : deployment.Saved).ToList();
        var gone = claims.Where(claim => claim.StorageClass.Length > 0 && !created.Contains(claim.StorageClass) && present.All(value => value.Name() != claim.StorageClass)).ToList();
        var without = present.Any(IsDefault) ? [] : claims.Where(claim => claim.StorageClass.Length == 0 && !claim.IsStatic).ToList();
        return (gone.Count, without.Count) switch
        {
            (0, 0) => CheckResult.Passed("The storage classes of the new volumes exist"),
            (0, _) => CheckResult.Warning(
                "new claims name no storage class, and there is no default class, so somebody has to make their volumes by hand",
                $"Mark a class as the default, or deploy from your own manifests. The API server has: {Listed(present)}.",
                without.Select(claim => $"claim {claim.Name}")),
            _ => CheckResult.Refused(
                "storage classes of new volumes do not exist",
                $"Create them, or deploy from your own manifests. The API server has: {Listed(present)}.",
                gone.Select(claim => $"claim {claim.Name}: class \"{claim.StorageClass}\"")),
        };
    }

    private static bool IsDefault(JsonObject storageClass) => DefaultMarks.Any(mark => storageClass.Annotation(mark) == "true");

    private static string Listed(IReadOnlyList<JsonObject> classes) => classes.Count > 0 ? string.Join(", ", classes.Select(value => value.Name())) : "no storage class";
}
