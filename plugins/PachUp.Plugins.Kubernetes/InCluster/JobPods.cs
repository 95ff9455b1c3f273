using PachUp.Plugins.Kubernetes.Api;
using PachUp.Sdk.Platforms;

namespace PachUp.Plugins.Kubernetes.InCluster;

/// <summary>The pods of PachUp's Jobs as holders of locks.</summary>
internal static class JobPods
{
    /// <summary>Whether the pod of a holder still runs. The name of the pod is that of its machine.</summary>
    /// <returns>Null if the holder is not part of a Job.</returns>
    public static async Task<bool?> IsRunningAsync(KubeApi api, LockHolder holder, CancellationToken cancellationToken)
    {
        if (holder.Job.Split('/') is not [var ns, _])
        {
            return null;
        }

        var pod = await api.In(ns).FindAsync(api.Catalogue.Get("Pod"), holder.Host, cancellationToken);
        return pod is not null && (pod.At("status") ?? []).Text("phase") is not ("Succeeded" or "Failed");
    }
}
