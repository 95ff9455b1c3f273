using PachUp.Plugins.Kubernetes.Checks;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes;

/// <summary>Offers the platform <c>kubernetes</c>.</summary>
public sealed class KubernetesPlugin : IPachUpPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.AddPlatform(new KubernetesPlatform());
        registry.AddCheck(new PermissionsCheck());
        registry.AddCheck(new NodePortsCheck());
        registry.AddCheck(new AcceptanceCheck());
        registry.AddCheck(new StorageClassCheck());
        registry.AddCheck(new ApiVersionsCheck());
        registry.AddCheck(new SharedNamesCheck());
        registry.AddCheck(new ManagersCheck());
    }
}
