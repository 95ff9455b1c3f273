using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>
/// Writes the server's defaults into a manifest. <c>pachctl deploy</c> prints zero values that mean "default"; without this, they would look like
/// changes
/// each time, and one of them cannot be changed at all.
/// </summary>
internal static class ServerDefaults
{
    private const string RbacGroup = "rbac.authorization.k8s.io";

    /// <summary>Writes the defaults.</summary>
    public static void FillIn(JsonObject value)
    {
        value.Remove("status");
        value.Metadata().Remove("creationTimestamp");
        switch (value.Kind())
        {
            case "Service":
                foreach (var port in value.Spec().Items("ports").Where(port => port["targetPort"] is not JsonValue target || target.ToString() is "0" or ""))
                {
                    port["targetPort"] = port["port"]?.DeepClone();
                }

                break;
            case "RoleBinding" or "ClusterRoleBinding" when value.Child("roleRef").Text("apiGroup").Length == 0:
                value.Child("roleRef")["apiGroup"] = RbacGroup;
                break;
        }
    }
}
