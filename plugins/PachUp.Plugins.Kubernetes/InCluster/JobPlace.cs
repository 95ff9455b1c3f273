using System.Collections.Immutable;
using PachUp.Pachyderm.Connections;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Plugins.Kubernetes.Settings;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.InCluster;

/// <summary>The namespaces of a Job.</summary>
/// <param name="Home">The namespace of the Job.</param>
/// <param name="Others">The other namespaces of its plan.</param>
internal sealed record JobPlace(KubeApi Home, ImmutableArray<KubeApi> Others)
{
    /// <summary>All namespaces.</summary>
    public IEnumerable<KubeApi> All => [Home, .. Others];

    /// <summary>The name of the API server on this machine.</summary>
    public string Server => Home.Transport.Client.BaseUri.Authority;

    /// <summary>The name of the context on this machine; empty if there is none.</summary>
    public string Context => Home.Transport.Session.Context;

    /// <exception cref="StepFailedException">A cluster cannot be reached, or the clusters are on two Kubernetes.</exception>
    public static async Task<JobPlace> OpenAsync(ImmutableArray<ImmutableSortedDictionary<string, string>> clusters, CancellationToken cancellationToken)
    {
        var home = await OpenAsync(clusters[0], cancellationToken);
        var others = ImmutableArray.CreateBuilder<KubeApi>();
        foreach (var settings in clusters.Skip(1))
        {
            var other = await OpenAsync(settings, cancellationToken);
            if (other.Transport.Client.BaseUri != home.Transport.Client.BaseUri)
            {
                throw StepFailedException.Refused(
                    $"the clusters of the plan are on two Kubernetes ({home.Transport.Client.BaseUri.Authority} and "
                        + $"{other.Transport.Client.BaseUri.Authority}), but a job has access only to its own",
                    "Apply this plan from this machine, without --in-cluster.");
            }

            if (other.Namespace != home.Namespace && others.All(known => known.Namespace != other.Namespace))
            {
                others.Add(other);
            }
        }

        return new JobPlace(home, others.ToImmutable());
    }

    /// <summary>The namespace of one cluster.</summary>
    public static Task<KubeApi> OpenAsync(ImmutableSortedDictionary<string, string> settings, CancellationToken cancellationToken) =>
        KubeConnection.OpenAsync(ClusterSettings.Read("the cluster", settings).Connection, PachdTimeouts.Default, cancellationToken);

    /// <summary>The namespace of one cluster, without retries.</summary>
    public static Task<KubeApi> OpenWithoutRetryAsync(ImmutableSortedDictionary<string, string> settings, CancellationToken cancellationToken) =>
        KubeConnection.OpenAsync(
            ClusterSettings.Read("the cluster", settings).Connection, PachdTimeouts.Default with { Retry = TimeSpan.Zero }, cancellationToken);
}
