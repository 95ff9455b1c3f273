using System.Collections.Immutable;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox;

namespace PachUp.Sdk.Testing;

/// <summary>
/// What the source holds before a plan is carried out: nothing, the state of a real server that was recorded, or an archive of yours; and whatever
/// is added to that, call by call, as a user of pachctl would. Each <c>With</c> gives a new description; the cluster is made when a rule needs it.
/// </summary>
public sealed class Cluster
{
    private const string ArchiveEnding = "-full.snappy";

    private readonly ImmutableArray<Func<SandboxCluster, ClusterBuilder, Task>> _makings;

    private Cluster(ImmutableArray<Func<SandboxCluster, ClusterBuilder, Task>> makings) => _makings = makings;

    /// <summary>Nothing at all.</summary>
    public static Cluster Empty { get; } = new([]);

    /// <summary>The names of all recorded states: the release, and what somebody had done to it.</summary>
    public static ImmutableArray<string> RecordedNames { get; } =
    [
        .. typeof(Cluster).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(ArchiveEnding, StringComparison.Ordinal))
            .Select(name => name[..^ArchiveEnding.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// What a real server made of its own extract. In some, an operation is refused, as the real server refused it; what came before that is there.
    /// </summary>
    /// <param name="name">One of <see cref="RecordedNames"/>: <c>1.8.7-world</c> has a little of everything.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Cluster Recorded(string name) => RecordedNames.Contains(name)
        ? Empty.Make((cluster, _) => TakeRecordedAsync(cluster, name))
        : throw new ArgumentException($"There is no recorded cluster \"{name}\"; there are {string.Join(", ", RecordedNames)}.", nameof(name));

    /// <summary>What is in an archive that <c>pachctl extract</c> or PachUp wrote. A server that refuses some of it fails the rule.</summary>
    /// <param name="path">The file; of another line than the source's it is refused.</param>
    public static Cluster FromArchive(string path) => Empty.Make((cluster, _) => cluster.FillAsync(path));

    /// <summary>A repo.</summary>
    public Cluster WithRepo(string repo, string description = "") => With(cluster => cluster.CreateRepoAsync(repo, description));

    /// <summary>A finished commit of one file.</summary>
    /// <param name="repo">Its repo.</param>
    /// <param name="branch">Its branch, which is made where it is not there.</param>
    /// <param name="path">The file, such as <c>/1.png</c>.</param>
    /// <param name="content">What is in it.</param>
    public Cluster WithCommit(string repo, string branch, string path, string content) =>
        With(cluster => cluster.CommitFileAsync(repo, branch, path, content));

    /// <summary>A commit that nobody has finished.</summary>
    public Cluster WithOpenCommit(string repo, string branch) => With(cluster => cluster.StartCommitAsync(repo, branch));

    /// <summary>A branch.</summary>
    /// <param name="repo">Its repo.</param>
    /// <param name="branch">Its name.</param>
    /// <param name="head">A commit or another branch that it begins at; null for none.</param>
    public Cluster WithBranch(string repo, string branch, string? head = null) => With(cluster => cluster.CreateBranchAsync(repo, branch, head));

    /// <summary>A running pipeline that reads a branch.</summary>
    /// <param name="pipeline">Its name, and that of its output repo.</param>
    /// <param name="repo">The repo that it reads.</param>
    /// <param name="branch">The branch that it reads.</param>
    /// <param name="more">Sets further fields.</param>
    public Cluster WithPipeline(string pipeline, string repo, string branch = "master", Action<CreatePipelineRequest>? more = null) =>
        With(cluster => cluster.CreatePipelineAsync(pipeline, repo, branch, more));

    /// <summary>A pipeline that is there already is stopped.</summary>
    public Cluster WithStopped(string pipeline) => With(cluster => cluster.StopPipelineAsync(pipeline));

    /// <summary>Whatever else somebody does with a cluster.</summary>
    public Cluster With(Func<ClusterBuilder, Task> make) => Make((_, builder) => make(builder));

    /// <summary>Does all of it to a cluster.</summary>
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
            // Some recordings end at an operation that the real server refused too; what came before it is there, as on the real one.
        }
    }
}
