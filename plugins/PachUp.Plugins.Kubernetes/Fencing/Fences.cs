using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Settings;

namespace PachUp.Plugins.Kubernetes.Fencing;

/// <summary>Creates the fence that a plan names.</summary>
internal static class Fences
{
    /// <summary>The fence of a name; see <see cref="FenceNames"/>.</summary>
    public static IFence Of(string name, KubeApi api) => name switch
    {
        FenceNames.NodePorts => new ServiceFence(api, new NodePortClosing()),
        FenceNames.NetworkPolicy => new NetworkPolicyFence(api),
        _ => new ServiceFence(api, new SelectorClosing()),
    };

    /// <summary>Opens a namespace, whichever fence closed it: the plan of another run may have named another one.</summary>
    public static async Task TakeDownAsync(KubeApi api, CancellationToken cancellationToken)
    {
        await new ServiceFence(api, new SelectorClosing()).TakeDownAsync(cancellationToken);
        await new NetworkPolicyFence(api).TakeDownAsync(cancellationToken);
    }
}
