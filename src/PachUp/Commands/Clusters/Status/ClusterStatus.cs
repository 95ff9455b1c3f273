using PachUp.Cli.Options;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Commands.Clusters.Status;

/// <summary>A cluster as it answers now.</summary>
internal sealed record ClusterStatus
{
    /// <summary>Its part: <c>source</c> or <c>target</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether an option, a variable, a config file or a kubeconfig names it: then it has to answer.</summary>
    public bool IsNamed { get; init; } = true;

    /// <summary>Where it is, and where the address came from; null where there is none.</summary>
    public ClusterAddress? Address { get; init; }

    /// <summary>Its release; null where nothing answers.</summary>
    public Release? Release { get; init; }

    /// <summary>Its id; null where nothing answers.</summary>
    public string? ClusterId { get; init; }

    /// <summary>What it holds; null where nothing answers.</summary>
    public StatusContents? Contents { get; init; }

    /// <summary>Whether its objects can be listed, and through which port; null where nothing answers.</summary>
    public ObjectAccess? Objects { get; init; }

    /// <summary>The pipelines that are stopped; empty where nothing answers.</summary>
    public IReadOnlyCollection<string> StoppedPipelines { get; init; } = [];

    /// <summary>Why there is no answer; null where there is one.</summary>
    public string? Problem { get; init; }

    /// <summary>Looks at a cluster. That nothing answers is an answer too.</summary>
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

/// <summary>What a cluster holds, as far as two quick questions tell.</summary>
/// <param name="Repos">Repos but <c>__spec__</c>.</param>
/// <param name="Pipelines">Pipelines.</param>
/// <param name="Bytes">The sizes of the repos, added up.</param>
internal sealed record StatusContents(int Repos, int Pipelines, long Bytes);
