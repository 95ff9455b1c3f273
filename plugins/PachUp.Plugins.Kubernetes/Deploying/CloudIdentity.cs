using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>
/// Identities of the cloud that accounts of Kubernetes have by an annotation. Two deployments may share one, but clouds allow an identity for one namespace
/// and account, so the namespace of the target has to be added there.
/// </summary>
internal static class CloudIdentity
{
    /// <summary>A note about each identity that the target shares with the source.</summary>
    /// <param name="manifests">The deployment of the target.</param>
    /// <param name="ns">Its namespace.</param>
    public static IEnumerable<string> Describe(DeploymentManifests manifests, string ns) =>
    [
        .. manifests.Objects.Where(value => value.Kind() == "ServiceAccount").SelectMany(account => OfAccount(account, ns)),
        .. manifests.Objects.Where(value => DeployedKinds.Workloads.Contains(value.Kind())).Select(workload => OfPods(workload, ns)).OfType<string>(),
    ];

    private static IEnumerable<string> OfAccount(JsonObject account, string ns)
    {
        if (account.Annotation("eks.amazonaws.com/role-arn") is { Length: > 0 } role)
        {
            yield return $"{Shared(account, role)} Add \"system:serviceaccount:{ns}:{account.Name()}\" to the trust policy of the role; see it with: aws iam get-role --role-name "
                + role[(role.LastIndexOf('/') + 1)..];
        }

        if (account.Annotation("iam.gke.io/gcp-service-account") is { Length: > 0 } user)
        {
            yield return $"{Shared(account, user)} Allow it: gcloud iam service-accounts add-iam-policy-binding {user} --role roles/iam.workloadIdentityUser "
                + $"--member \"serviceAccount:PROJECT.svc.id.goog[{ns}/{account.Name()}]\"";
        }
    }

    // The annotation of kube2iam and kiam.
    private static string? OfPods(JsonObject workload, string ns) =>
        workload.Spec().Child("template").Annotation("iam.amazonaws.com/role") is { Length: > 0 } role
            ? $"{Shared(workload, role)} If namespaces are restricted, allow it in namespace \"{ns}\": kubectl annotate namespace {ns} iam.amazonaws.com/permitted=\"{role}\" (kiam), or "
                + "iam.amazonaws.com/allowed-roles (kube2iam)"
            : null;

    private static string Shared(JsonObject value, string identity) => $"{value.Title()} uses the cloud identity {identity}, as the source does; both may use it.";
}
