using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Plugins.Kubernetes.Fencing;

namespace PachUp.Plugins.Kubernetes.Looking;

/// <summary>The deployment in a namespace.</summary>
internal sealed record Installation
{
    /// <summary>The namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The release in the tag of pachd's image; null if there is no pachd, or its tag is not a release.</summary>
    public Release? Release { get; init; }

    /// <summary>pachd, etcd, dash.</summary>
    public ImmutableArray<Part> Parts { get; init; } = [];

    /// <summary>
    /// The storage backend: <c>LOCAL</c>, <c>GOOGLE</c>, <c>AMAZON</c>, <c>MICROSOFT</c>, <c>MINIO</c>; empty if pachd does not name it.
    /// </summary>
    public string Backend { get; init; } = "";

    /// <summary>The keys of the storage secret; its values are not read.</summary>
    public ImmutableArray<string> SecretKeys { get; init; } = [];

    /// <summary>The storage of etcd.</summary>
    public ImmutableArray<Volume> Volumes { get; init; } = [];

    /// <summary>The services of the parts.</summary>
    public ImmutableArray<ServiceFacts> Services { get; init; } = [];

    /// <summary>The fence that keeps clients out; null if there is none.</summary>
    public FenceMark? Fence { get; init; }

    /// <summary>The number of replication controllers of pipelines.</summary>
    public int Workers { get; init; }

    /// <summary>Why pods of workers do not start, each with its pipeline.</summary>
    public ImmutableArray<string> WorkerTroubles { get; init; } = [];

    /// <summary>Objects that have the suite label but were not made by Pachyderm.</summary>
    public ImmutableArray<string> Foreign { get; init; } = [];
}

/// <summary>A workload of Pachyderm.</summary>
/// <param name="App">Its part: <c>pachd</c>.</param>
/// <param name="Kind">Its kind: <c>Deployment</c>.</param>
/// <param name="Images">The images of its containers.</param>
/// <param name="Wanted">The wanted number of pods.</param>
/// <param name="Ready">The number of ready pods.</param>
/// <param name="Restarts">The number of restarts of its containers.</param>
internal sealed record Part(string App, string Kind, ImmutableArray<string> Images, int Wanted, int Ready, int Restarts);

/// <summary>The storage of etcd.</summary>
/// <param name="Claim">The claim; empty for a directory of the node.</param>
/// <param name="Name">The volume, or the directory.</param>
/// <param name="Phase">The state of the claim: <c>Bound</c>, <c>Pending</c>; empty without a claim.</param>
/// <param name="ReclaimPolicy">What happens to the volume when the claim is deleted; empty if unknown.</param>
internal sealed record Volume(string Claim, string Name, string Phase, string ReclaimPolicy);

/// <summary>A service.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type: <c>NodePort</c>.</param>
/// <param name="Ports">Its ports: <c>650</c>, or <c>650:30650</c> with a node port.</param>
/// <param name="IsFenced">Whether PachUp keeps its clients out.</param>
internal sealed record ServiceFacts(string Name, string Type, ImmutableArray<string> Ports, bool IsFenced);
