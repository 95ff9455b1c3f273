using System.Collections.Immutable;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox;

namespace PachUp.Sdk.Testing;

/// <summary>
/// The content of the source before a plan is carried out: nothing, a recorded state of a real server, or an archive of yours; and the calls that are
/// added to it, like those of a pachctl user. Each <c>With</c> returns a new description; the cluster is filled when a rule needs it.
/// </summary>
public sealed class Cluster
{
    private const string ArchiveEnding = "-full.snappy";

    private readonly ImmutableArray<Func<SandboxCluster, ClusterBuilder, Task>> _makings;

    private Cluster(ImmutableArray<Func<SandboxCluster, ClusterBuilder, Task>> makings) => _makings = makings;

    /// <summary>An empty cluster.</summary>
    public static Cluster Empty { get; } = new([]);

    /// <summary>The names of all recorded states: the release, and what was done to the server.</summary>
    public static ImmutableArray<string> RecordedNames { get; } =
    [
        .. typeof(Cluster).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(ArchiveEnding, StringComparison.Ordinal))
            .Select(name => name[..^ArchiveEnding.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// What a real server contained after it restored its own extract. In some recordings the server refuses an operation, as the real server did;
    /// what came before it is there.
    /// </summary>
    /// <param name="name">One of <see cref="RecordedNames"/>: <c>1.8.7-world</c> contains a little of everything.</param>
    /// <exception cref="ArgumentException">There is no such state.</exception>
    public static Cluster Recorded(string name) => RecordedNames.Contains(name)
        ? Empty.Make((cluster, _) => TakeRecordedAsync(cluster, name))
        : throw new ArgumentException($"There is no recorded cluster \"{name}\". Valid names: {string.Join(", ", RecordedNames)}.", nameof(name));

    /// <summary>The content of an archive that <c>pachctl extract</c> or PachUp wrote. If the server refuses a part of it, the rule fails.</summary>
    /// <param name="path">The file; it must have the line of the source.</param>
    public static Cluster FromArchive(string path) => Empty.Make((cluster, _) => cluster.FillAsync(path));

    /// <summary>Adds a repo.</summary>
    public Cluster WithRepo(string repo, string description = "") => With(cluster => cluster.CreateRepoAsync(repo, description));

    /// <summary>Adds a finished commit with one file.</summary>
    /// <param name="repo">Its repo.</param>
    /// <param name="branch">Its branch, which is created if it does not exist.</param>
    /// <param name="path">The file, such as <c>/1.png</c>.</param>
    /// <param name="content">The content of the file.</param>
    public Cluster WithCommit(string repo, string branch, string path, string content) =>
        With(cluster => cluster.CommitFileAsync(repo, branch, path, content));

    /// <summary>Adds an open commit.</summary>
    public Cluster WithOpenCommit(string repo, string branch) => With(cluster => cluster.StartCommitAsync(repo, branch));

    /// <summary>Adds a branch.</summary>
    /// <param name="repo">Its repo.</param>
    /// <param name="branch">Its name.</param>
    /// <param name="head">The commit or branch that is its head; null for none.</param>
    public Cluster WithBranch(string repo, string branch, string? head = null) => With(cluster => cluster.CreateBranchAsync(repo, branch, head));

    /// <summary>Adds a running pipeline that reads a branch.</summary>
    /// <param name="pipeline">Its name, which is also the name of its output repo.</param>
    /// <param name="repo">The repo that it reads.</param>
    /// <param name="branch">The branch that it reads.</param>
    /// <param name="more">Sets further fields.</param>
    public Cluster WithPipeline(string pipeline, string repo, string branch = "master", Action<CreatePipelineRequest>? more = null) =>
        With(cluster => cluster.CreatePipelineAsync(pipeline, repo, branch, more));

    /// <summary>Stops a pipeline that exists already.</summary>
    public Cluster WithStopped(string pipeline) => With(cluster => cluster.StopPipelineAsync(pipeline));

    /// <summary>Makes any other calls to the cluster.</summary>
    public Cluster With(Func<ClusterBuilder, Task> make) => Make((_, builder) => make(builder));

    /// <summary>Fills a cluster.</summary>
    /// <exception cref="SandboxException">The server refuses an archive.</exception>
    public async Task MakeAsync(SandboxCluster cluster)
    {
        using var builder = new ClusterBuilder(cluster.Address);
        foreach (var make in _makings)
        {
            await make(cluster, builder);
        }
    }

    private Cluster Make(Func<SandboxCluster, ClusterBuilder, Task> make) => new(_makings.Add(make));

    private static async Task TakeRecordedAsync(SandboxCluster cluster, string name)
    {
        await using var archive = typeof(Cluster).Assembly.GetManifestResourceStream(name + ArchiveEnding)!;
        try
        {
            await cluster.FillAsync(archive);
        }
        catch (SandboxException)
        {
            // Some recordings end at an operation that the real server refused too. What came before it is there, as on the real server.
        }
    }
}
