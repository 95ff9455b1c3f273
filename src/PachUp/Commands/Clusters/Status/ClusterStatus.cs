using PachUp.Cli.Options;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Commands.Clusters.Status;

/// <summary>The current state of a cluster.</summary>
internal sealed record ClusterStatus
{
    /// <summary>Its name in the plan: <c>source</c> or <c>target</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether an option, a variable, a config file or a kubeconfig names it. Then it is an error if it does not answer.</summary>
    public bool IsNamed { get; init; } = true;

    /// <summary>Its address, with the origin of the address; null if there is none.</summary>
    public ClusterAddress? Address { get; init; }

    /// <summary>Its release; null if nothing answers.</summary>
    public Release? Release { get; init; }

    /// <summary>Its id; null if nothing answers.</summary>
    public string? ClusterId { get; init; }

    /// <summary>Its contents; null if nothing answers.</summary>
    public StatusContents? Contents { get; init; }

    /// <summary>Whether its objects can be listed, and through which port; null if nothing answers.</summary>
    public ObjectAccess? Objects { get; init; }

    /// <summary>The pipelines that are stopped; empty if nothing answers.</summary>
    public IReadOnlyCollection<string> StoppedPipelines { get; init; } = [];

    /// <summary>The runs that hold or left its lock on this machine; empty if its platform keeps the lock.</summary>
    public IReadOnlyList<string> Locks { get; init; } = [];

    /// <summary>Why there is no answer; null if there is one.</summary>
    public string? Problem { get; init; }

    /// <summary>Reads the state of a cluster. A cluster that does not answer is not an error.</summary>
    public static async Task<ClusterStatus> LookAsync(
        string name, string? address, PeerOption peer, ClusterConnector way, CancellationToken cancellationToken)
    {
        var status = new ClusterStatus { Name = name };
        try
        {
            var found = await way.FindAsync(address, "--" + name, cancellationToken);
            status = status with { Address = found.WithPeer(peer.Value, peer.Name) };
            await using var client = PachdClient.Create(status.Address);
            return await AskAsync(status, client, cancellationToken);
        }
        catch (StepFailedException e)
        {
            return status with { Problem = $"{e.Message}. {e.Remedy}" };
        }
        catch (Exception e) when (e is AddressException or PachdException)
        {
            return status with { Problem = e.Message, IsNamed = e is not AddressException { NothingNamed: true } };
        }
    }

    private static async Task<ClusterStatus> AskAsync(ClusterStatus status, PachdClient client, CancellationToken cancellationToken)
    {
        var repos = await client.ListReposAsync(cancellationToken);
        var pipelines = await client.ListPipelinesAsync(cancellationToken);
        return status with
        {
            Release = await client.GetReleaseAsync(cancellationToken),
            ClusterId = await client.GetClusterIdAsync(cancellationToken),
            Objects = await client.FindObjectAccessAsync(cancellationToken),
            StoppedPipelines = [.. pipelines.Where(pipeline => pipeline.Stopped).Select(pipeline => pipeline.Pipeline.Name)],
            Contents = new StatusContents(repos.Count, pipelines.Count, repos.Sum(repo => (long)repo.SizeBytes)),
        };
    }
}

/// <summary>The contents of a cluster, from two short calls.</summary>
/// <param name="Repos">The number of repos, without <c>__spec__</c>.</param>
/// <param name="Pipelines">The number of pipelines.</param>
/// <param name="Bytes">The total size of the repos in bytes.</param>
internal sealed record StatusContents(int Repos, int Pipelines, long Bytes);
