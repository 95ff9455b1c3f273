using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>
/// Writes out in a manifest what the server makes of it. <c>pachctl deploy</c> prints fields with zero values that mean "as usual"; compared as they are,
/// they would have to change at every look, and one of them cannot be changed at all.
/// </summary>
internal static class ServerDefaults
{
    private const string RbacGroup = "rbac.authorization.k8s.io";

    /// <summary>Writes them out.</summary>
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
