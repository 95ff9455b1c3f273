using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Deploying;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Checks;

/// <summary>Finds out whether the API server has a version of every kind of object that is deployed.</summary>
internal sealed class ApiVersionsCheck : ICheck
{
    public string Name => "kubernetes-api-versions";

    public string Question => "Does the API server have every kind of object that is deployed?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Manifests of \"pachctl deploy\" up to 1.9.7 use API versions such as apps/v1beta1, which Kubernetes 1.16 and later do not have. PachUp "
            + "converts them, and shows the differences in the deploy step. It cannot convert a kind that the API server does not have at all.",
        WhenPassed = "The API server has a version of every kind. It is named if it is another version than that of the manifests.",
        WhenRefused = "Remove the named kinds from the manifests, or deploy to another Kubernetes.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Reload or PlanPurpose.Upgrade;

    public bool IsAboutTarget => true;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) =>
        PlannedDeployment.AskAsync(context, deployment => Task.FromResult(Answer(deployment.Wanted, deployment.Target.Catalogue)), cancellationToken);

    private static CheckResult Answer(DeploymentManifests manifests, ApiCatalogue catalogue)
    {
        var kinds = manifests.Objects.Select(value => (Kind: value.Kind(), Version: value.ApiVersion())).Distinct().ToList();
        var missing = kinds.Where(kind => catalogue.Find(kind.Kind) is null).ToList();
        var converted = kinds.Except(missing).Where(kind => catalogue.Find(kind.Version, kind.Kind) is null)
            .Select(kind => $"{kind.Kind} {kind.Version} becomes {catalogue.Get(kind.Kind).ApiVersion}").ToList();
        return (missing.Count, converted.Count) switch
        {
            (0, 0) => CheckResult.Passed("The API server has every kind in the version of the manifests"),
            (0, _) => CheckResult.Passed($"The API server has every kind; in another version: {string.Join(", ", converted)}"),
            _ => CheckResult.Refused(
                "the API server does not have kinds of objects that are deployed", "Remove them from the manifests.", missing.Select(kind => $"{kind.Kind} ({kind.Version})")),
        };
    }
}
