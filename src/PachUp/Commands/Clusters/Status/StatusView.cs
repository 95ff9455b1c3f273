using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Model;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Views;

namespace PachUp.Commands.Clusters.Status;

/// <summary>Shows which clusters answer, and the last runs.</summary>
internal static class StatusView
{
    public static void Write(
        Page page,
        IReadOnlyCollection<ClusterStatus> clusters,
        IReadOnlyCollection<PlatformStatus> deployments,
        IReadOnlyCollection<RunSummary> runs,
        string place,
        IReadOnlyCollection<Attention> attention)
    {
        AttentionView.Write(page, attention);
        foreach (var deployment in deployments)
        {
            page.Heading($"{deployment.Name} on {deployment.Platform}");
            Write(page, deployment);
            page.Blank();
        }

        foreach (var cluster in clusters)
        {
            page.Heading(cluster.Name);
            Write(page, cluster);
            page.Blank();
        }

        page.Heading("Last runs");
        RunsView.Write(page, runs, place);
    }

    private static void Write(Page page, PlatformStatus deployment)
    {
        if (deployment.Problem is { } problem)
        {
            page.Hang(Look.Warning("cannot be read: "), problem, level: 1);
            return;
        }

        page.Fields(1, [.. deployment.Facts.Select(fact => (fact.Topic, fact.Text))]);
    }

    private static void Write(Page page, ClusterStatus cluster)
    {
        if (cluster.Problem is { } problem)
        {
            page.Hang(Look.Warning("no answer: "), problem, level: 1);
            return;
        }

        var contents = cluster.Contents!;
        page.Fields(1,
        [
            ("Address", $"{cluster.Address} (from {cluster.Address!.Origin})"),
            ("Release", $"pachd {cluster.Release}"),
            ("Cluster", cluster.ClusterId!),
            ("Objects", cluster.Objects!.ToString()),
            ("Holds", $"{Words.Count(contents.Repos, "repo")}, {Words.Count(contents.Pipelines, "pipeline")}, {Words.Bytes(contents.Bytes)}"),
            .. cluster.Locks.Select(held => ("Lock", (StyledText)held)),
        ]);
    }
}

/// <summary>The answer of <c>status</c>.</summary>
/// <param name="Clusters">The clusters.</param>
/// <param name="Deployments">What is deployed, as reported by the platform; empty if no platform was named.</param>
/// <param name="Runs">The last runs, newest first.</param>
/// <param name="Attention">What runs left and the user has to decide about.</param>
internal sealed record StatusDocument(
    IReadOnlyList<ClusterStatusDocument> Clusters,
    IReadOnlyList<PlatformStatus> Deployments,
    IReadOnlyList<RunLineDocument> Runs,
    IReadOnlyList<AttentionDocument> Attention)
{
    public static StatusDocument Of(
        IEnumerable<ClusterStatus> clusters, IReadOnlyList<PlatformStatus> deployments, IEnumerable<RunSummary> runs, IEnumerable<Attention> attention) => new(
            [.. clusters.Select(ClusterStatusDocument.Of)],
            deployments,
            [.. runs.Select(RunLineDocument.Of)],
            [.. attention.Select(one => new AttentionDocument(one.Run, one.Text, [.. one.Next.Select(next => next.Text)]))]);
}

/// <summary>Something that a run left behind.</summary>
/// <param name="Run">The id of the run.</param>
/// <param name="Text">What it is.</param>
/// <param name="Next">The commands that go on with it.</param>
internal sealed record AttentionDocument(string Run, string Text, IReadOnlyList<string> Next);

/// <summary>The state of a cluster.</summary>
/// <param name="Name">Its name in the plan: <c>source</c> or <c>target</c>.</param>
/// <param name="Address">Its address.</param>
/// <param name="Origin">The origin of the address.</param>
/// <param name="Release">Its release.</param>
/// <param name="ClusterId">Its id.</param>
/// <param name="Contents">Its contents.</param>
/// <param name="Problem">Why there is no answer.</param>
internal sealed record ClusterStatusDocument(
    string Name, string? Address, string? Origin, Release? Release, string? ClusterId, StatusContents? Contents, string? Problem)
{
    /// <summary>Whether its objects can be listed, and through which port.</summary>
    public ObjectAccess? Objects { get; init; }

    /// <summary>The runs that hold or left its lock on this machine.</summary>
    public IReadOnlyList<string> Locks { get; init; } = [];

    public static ClusterStatusDocument Of(ClusterStatus cluster) => new(
        cluster.Name, cluster.Address?.Identity, cluster.Address?.Origin, cluster.Release, cluster.ClusterId, cluster.Contents, cluster.Problem)
    {
        Objects = cluster.Objects,
        Locks = cluster.Locks,
    };
}
