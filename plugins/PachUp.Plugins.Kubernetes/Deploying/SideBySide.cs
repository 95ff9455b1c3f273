using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Fencing;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.Switching;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>
/// Moves manifests to another namespace and avoids collisions between the two: it renames cluster-wide roles, removes node ports so that new ones are
/// assigned, removes fixed addresses, keeps external-dns from moving names, shares storage classes, and leaves volumes out.
/// </summary>
internal sealed class SideBySide(string from, string to)
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>The manifests for the other namespace; unchanged if it is the same namespace.</summary>
    public DeploymentManifests Move(DeploymentManifests manifests) =>
        from == to ? manifests : new DeploymentManifests(manifests.Objects.Where(value => value.Kind() != "PersistentVolume").Select(value => Move(value.Copy())));

    private JsonObject Move(JsonObject value)
    {
        if (value.Metadata()["namespace"] is not null)
        {
            value.Metadata()["namespace"] = to;
        }

        // It holds the former namespace and names.
        value.At("metadata", "annotations")?.Remove(LastApplied);
        switch (value.Kind())
        {
            case "ClusterRole":
                value.Metadata()["name"] = NameOf(value.Name());
                break;
            case "ClusterRoleBinding":
                value.Metadata()["name"] = NameOf(value.Name());
                value.Child("roleRef")["name"] = NameOf(value.Child("roleRef").Text("name"));
                MoveSubjects(value);
                break;
            case "RoleBinding":
                MoveSubjects(value);
                break;
            case "Service":
                value.At("metadata", "annotations")?.Remove(Labels.BeforeSwitch);
                value = WithoutFace(ServiceFence.Unfenced(value));
                break;
            case "StatefulSet":
                foreach (var template in value.Spec().Items("volumeClaimTemplates"))
                {
                    template.Metadata().Remove("namespace");
                }

                break;
        }

        return value;
    }

    /// <summary>A service without what only one service can have. The step that switches clients gives it to the target.</summary>
    private static JsonObject WithoutFace(JsonObject service)
    {
        service.Spec().Remove("loadBalancerIP");
        service.Spec().Remove("externalIPs");
        foreach (var port in service.Spec().Items("ports"))
        {
            port.Remove("nodePort");
        }

        if (ExternalDns.Of(service).Count > 0)
        {
            ExternalDns.Silence(service);
        }

        return service;
    }

    private string NameOf(string name) => $"{name}-{to}";

    private void MoveSubjects(JsonObject binding)
    {
        foreach (var subject in binding.Items("subjects").Where(subject => subject.Text("namespace") == from))
        {
            subject["namespace"] = to;
        }
    }
}
