using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer.Validation;

/// <summary>Kinds with immutable fields.</summary>
internal sealed class ImmutableRules : IKindRules
{
    private const string RbacGroup = "rbac.authorization.k8s.io";

    public IReadOnlySet<string> Kinds { get; } = new HashSet<string> { "RoleBinding", "ClusterRoleBinding", "Secret", "StorageClass" };

    public void FillIn(JsonObject value, JsonObject? before, ResourceType type)
    {
        if (type.Kind == "Secret" && value["type"] is null)
            value["type"] = "Opaque";
        else if (type.Group == RbacGroup && value.Child("roleRef").Text("apiGroup").Length == 0)
            value.Child("roleRef")["apiGroup"] = RbacGroup;
        else if (type.Kind == "StorageClass")
            value["reclaimPolicy"] ??= "Delete";
    }

    public IEnumerable<string> Mistakes(JsonObject value, JsonObject? before, ResourceType type)
    {
        if (before is null)
            yield break;

        bool HasChanged(string field) => !JsonNode.DeepEquals(before[field], value[field]);
        switch (type.Kind)
        {
            case "Secret" when HasChanged("type"):
                yield return $"type: Invalid value: \"{value.Text("type")}\": field is immutable";
                break;
            case "RoleBinding" or "ClusterRoleBinding" when HasChanged("roleRef"):
                var role = value.Child("roleRef");
                yield return "roleRef: Invalid value: rbac.RoleRef{"
                    + $"APIGroup:\"{role.Text("apiGroup")}\", Kind:\"{role.Text("kind")}\", Name:\"{role.Text("name")}\"}}: cannot change roleRef";
                break;
            case "StorageClass":
                foreach (var field in new[] { "parameters", "provisioner", "reclaimPolicy" }.Where(HasChanged))
                {
                    yield return $"{field}: Forbidden: updates to {field} are forbidden.";
                }

                break;
        }
    }
}
