using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Deploying;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Checks;

/// <summary>Finds tools that manage objects of the deployment. They may put objects back during the run, or undo the upgrade after it.</summary>
internal sealed class ManagersCheck : ICheck
{
    private const string ManagedBy = "app.kubernetes.io/managed-by";

    private static readonly (string Mark, string Tool)[] Marks =
    [
        ("meta.helm.sh/release-name", "Helm release"),
        ("argocd.argoproj.io/instance", "Argo CD application"),
        ("argocd.argoproj.io/tracking-id", "Argo CD application"),
        ("kustomize.toolkit.fluxcd.io/name", "Flux kustomization"),
        ("helm.toolkit.fluxcd.io/name", "Flux Helm release"),
    ];

    public string Name => "kubernetes-managers";

    public string Question => "Does another tool manage the objects of the deployment?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Tools such as Argo CD and Flux put objects back that were deleted or changed, and the old release could start on the metadata that is being "
            + "migrated. Helm and others undo the upgrade when they are used the next time.",
        WhenPassed = "No object of the deployment has the mark of a tool that PachUp knows, or an owner.",
        WhenWarned = "Stop the automatic synchronization of the named tools until the run has ended. Then write the new release into their sources.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Reload or PlanPurpose.Upgrade;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) =>
        PlannedDeployment.AskAsync(context, deployment => Task.FromResult(Answer(deployment.Source.Deployed.Objects)), cancellationToken);

    private static CheckResult Answer(IEnumerable<JsonObject> objects)
    {
        var found = objects.SelectMany(value => ManagersOf(value).Select(manager => (Manager: manager, Object: value.Title())))
            .GroupBy(pair => pair.Manager, pair => pair.Object)
            .Select(manager => $"{manager.Key}: {string.Join(", ", manager)}")
            .ToList();
        return found.Count == 0
            ? CheckResult.Passed("No other tool manages the deployment")
            : CheckResult.Warning(
                "other tools manage objects of the deployment, and may put them back",
                "Stop their automatic synchronization until the run has ended, then write the new release into their sources.",
                found);
    }

    private static IEnumerable<string> ManagersOf(JsonObject value)
    {
        var named = Marks.Select(mark => (mark.Tool, Name: MarkOf(value, mark.Mark))).Where(mark => mark.Name.Length > 0).Select(mark => $"{mark.Tool} {mark.Name}").ToList();
        var owners = value.Metadata().Items("ownerReferences").Select(owner => $"{owner.Text("kind")} {owner.Text("name")}");
        var manager = named.Count == 0 && value.Label(ManagedBy) is { Length: > 0 } name ? [name] : Array.Empty<string>();
        return [.. named, .. manager, .. owners];
    }

    // The tracking id names the application first: APPLICATION:GROUP/KIND:NAMESPACE/NAME.
    private static string MarkOf(JsonObject value, string mark) =>
        (value.Label(mark) is { Length: > 0 } label ? label : value.Annotation(mark)).Split(':')[0];
}
