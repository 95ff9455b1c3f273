using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Testing;

/// <summary>
/// Generates the inventory of a large cluster, always the same for the same size. Each input repo has a line of commits, and each pipeline has one
/// output commit for every commit of its input. Every tenth pipeline reads the output of another pipeline, and every tenth is stopped.
/// </summary>
public sealed class LargeCluster
{
    private const string Master = "master";
    private static readonly DateTimeOffset Start = new(2019, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ClusterSize _size;
    private readonly int _inputs;
    private readonly int _commitsOfRepo;

    private LargeCluster(ClusterSize size)
    {
        _size = size;
        _inputs = size.Repos - size.Pipelines;
        _commitsOfRepo = size.Commits / size.Repos;
    }

    /// <summary>The inventory of a cluster of that size.</summary>
    public static ClusterInventory Of(Release release, ClusterSize size) => new LargeCluster(size).Build(release);

    private ClusterInventory Build(Release release) => new()
    {
        Release = release,
        ClusterId = IdOf("cluster"),
        Repos =
        [
            .. Enumerable.Range(0, _inputs).Select(Input)
                .Concat(Enumerable.Range(0, _size.Pipelines).Select(Output))
                .OrderBy(repo => repo.Name, StringComparer.Ordinal),
        ],
        Pipelines = [.. Enumerable.Range(0, _size.Pipelines).Select(Pipeline).OrderBy(pipeline => pipeline.Name, StringComparer.Ordinal)],
    };

    private RepoInventory Input(int number) => new()
    {
        Name = InputName(number),
        Description = "made up",
        Created = Start,
        Branches = [new BranchInventory { Name = Master, Head = CommitId(InputName(number), _commitsOfRepo - 1) }],
        Commits = Commits(InputName(number), _ => []),
    };

    private RepoInventory Output(int number)
    {
        var name = PipelineName(number);
        var origins = OriginsOf(number);
        return new RepoInventory
        {
            Name = name,
            Created = Start,
            Branches = [OutputBranch(number, origins)],
            Commits = Commits(name, commit => [.. origins.Select(origin => new CommitProvenanceInventory(origin.Repo, HeadOf(origin, commit), origin.Branch))]),
        };
    }

    private BranchInventory OutputBranch(int number, ImmutableArray<BranchName> origins)
    {
        var isStopped = IsStopped(number);
        return new BranchInventory
        {
            Name = Master,
            Head = CommitId(PipelineName(number), _commitsOfRepo - 1),
            DirectProvenance = isStopped ? [] : [.. new[] { InputOf(number), SpecOf(number) }.Order()],
            Provenance = isStopped ? [] : origins,
        };
    }

    private ImmutableArray<CommitInventory> Commits(string repo, Func<int, ImmutableArray<CommitProvenanceInventory>> provenance) =>
    [
        .. Enumerable.Range(0, _commitsOfRepo)
            .Select(number => new CommitInventory
            {
                Id = CommitId(repo, number),
                Parent = number == 0 ? null : CommitId(repo, number - 1),
                Started = Start.AddMinutes(number),
                Finished = Start.AddMinutes(number + 0.5),
                SizeBytes = 1000 * (number + 1),
                Tree = Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes($"{repo}/{number}"))),
                Provenance = provenance(number),
            })
            .OrderBy(commit => commit.Id, StringComparer.Ordinal),
    ];

    private PipelineInventory Pipeline(int number)
    {
        var input = InputOf(number);
        return new PipelineInventory
        {
            Name = PipelineName(number),
            Stopped = IsStopped(number),
            Info = new PipelineInfo
            {
                Pipeline = new Pipeline { Name = PipelineName(number) },
                Transform = new Transform { Image = "ubuntu:16.04", Cmd = { "sh" }, Stdin = { $"cp -r /pfs/{input.Repo} /pfs/out" } },
                Input = new Input { Pfs = new PFSInput { Name = input.Repo, Repo = input.Repo, Branch = input.Branch, Glob = "/*" } },
                OutputBranch = Master,
                SpecCommit = new Commit { Repo = new Repo { Name = BranchName.SpecRepo }, Id = SpecCommitId(number) },
                CreatedAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Start.AddSeconds(number)),
                CacheSize = "64M",
                MaxQueueSize = 1,
                DatumTries = 3,
                Salt = IdOf($"salt {number}"),
                Stopped = IsStopped(number),
                ResourceRequests = new ResourceSpec { Memory = "64M" },
            },
        };
    }

    /// <summary>The full provenance of the output branch of a pipeline.</summary>
    private ImmutableArray<BranchName> OriginsOf(int number)
    {
        var origins = new SortedSet<BranchName> { InputOf(number), SpecOf(number) };
        if (ReadsOutput(number) && !IsStopped(number - 1))
        {
            origins.UnionWith(OriginsOf(number - 1));
        }

        return [.. origins];
    }

    private BranchName InputOf(int number) => new(ReadsOutput(number) ? PipelineName(number - 1) : InputName(number % _inputs), Master);

    private static string HeadOf(BranchName origin, int commit) =>
        origin.IsSpec ? SpecCommitId(NumberOf(origin.Branch)) : CommitId(origin.Repo, commit);

    private static bool ReadsOutput(int number) => number % 10 == 9;

    private static bool IsStopped(int number) => number % 10 == 5;

    private static BranchName SpecOf(int number) => new(BranchName.SpecRepo, PipelineName(number));

    private static string InputName(int number) => string.Create(CultureInfo.InvariantCulture, $"input-{number:00000}");

    private static string PipelineName(int number) => string.Create(CultureInfo.InvariantCulture, $"pipeline-{number:00000}");

    private static int NumberOf(string name) => int.Parse(name.AsSpan(name.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);

    private static string CommitId(string repo, int number) => IdOf($"{repo}@{number}");

    private static string SpecCommitId(int number) => IdOf($"spec {number}");

    /// <summary>An id in the format of pachd.</summary>
    private static string IdOf(string text)
    {
        var digits = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return $"{digits[..12]}4{digits[13..32]}";
    }
}

/// <summary>The size of a cluster.</summary>
/// <param name="Repos">The number of repos, including output repos.</param>
/// <param name="Commits">The approximate number of commits, spread evenly over the repos.</param>
/// <param name="Pipelines">The number of pipelines, fewer than <paramref name="Repos"/>.</param>
public sealed record ClusterSize(int Repos, int Commits, int Pipelines)
{
    /// <summary>The size of a very large cluster.</summary>
    public static ClusterSize Full { get; } = new(5_000, 100_000, 2_000);

    /// <summary>A tenth of the very large cluster.</summary>
    public static ClusterSize Tenth { get; } = new(500, 10_000, 200);
}
