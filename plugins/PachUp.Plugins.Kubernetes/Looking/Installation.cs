using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Plugins.Kubernetes.Fencing;

namespace PachUp.Plugins.Kubernetes.Looking;

/// <summary>What is deployed in a namespace.</summary>
internal sealed record Installation
{
    /// <summary>The namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The release, by the image of pachd; null where there is no pachd, or its image has no such tag.</summary>
    public Release? Release { get; init; }

    /// <summary>pachd, etcd, dash.</summary>
    public ImmutableArray<Part> Parts { get; init; } = [];

    /// <summary>The storage backend: <c>LOCAL</c>, <c>GOOGLE</c>, <c>AMAZON</c>, <c>MICROSOFT</c>, <c>MINIO</c>; empty where pachd does not say.</summary>
    public string Backend { get; init; } = "";

    /// <summary>The names of the values in the storage secret; the values themselves are nobody's business.</summary>
    public ImmutableArray<string> SecretKeys { get; init; } = [];

    /// <summary>What etcd keeps its data on.</summary>
    public ImmutableArray<Volume> Volumes { get; init; } = [];

    /// <summary>How the parts are reached.</summary>
    public ImmutableArray<ServiceFacts> Services { get; init; } = [];

    /// <summary>The fence that keeps clients out; null where they come in.</summary>
    public FenceMark? Fence { get; init; }

    /// <summary>How many workers pipelines have.</summary>
    public int Workers { get; init; }

    /// <summary>What carries the label of the suite and is nothing that Pachyderm makes.</summary>
    public ImmutableArray<string> Foreign { get; init; } = [];
}

/// <summary>A workload of Pachyderm.</summary>
/// <param name="App">Which: <c>pachd</c>.</param>
/// <param name="Kind">What runs it: <c>Deployment</c>.</param>
/// <param name="Images">The images of its containers.</param>
/// <param name="Wanted">How many pods there should be.</param>
/// <param name="Ready">How many are ready.</param>
/// <param name="Restarts">How often containers of its pods were started again.</param>
internal sealed record Part(string App, string Kind, ImmutableArray<string> Images, int Wanted, int Ready, int Restarts);

/// <summary>What etcd keeps its data on.</summary>
/// <param name="Claim">The claim; empty for a directory of the node.</param>
/// <param name="Name">The volume, or the directory.</param>
/// <param name="Phase">The state of the claim: <c>Bound</c>, <c>Pending</c>; empty where there is none.</param>
/// <param name="ReclaimPolicy">What happens to the volume when the claim is deleted; empty where nobody decides that.</param>
internal sealed record Volume(string Claim, string Name, string Phase, string ReclaimPolicy);

/// <summary>A service.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type: <c>NodePort</c>.</param>
/// <param name="Ports">Its ports: <c>650</c>, or <c>650:30650</c> with a node port.</param>
/// <param name="IsFenced">Whether PachUp keeps its clients out.</param>
internal sealed record ServiceFacts(string Name, string Type, ImmutableArray<string> Ports, bool IsFenced);
