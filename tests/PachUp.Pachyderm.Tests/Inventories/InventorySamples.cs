using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Pachyderm.Tests.Inventories;

/// <summary>Inventories for tests.</summary>
internal static class InventorySamples
{
    public const string First = "0123456789ab4000a000000000000001";
    public const string Second = "0123456789ab4000a000000000000002";

    /// <summary>A cluster with one repo of two commits, one pipeline and one file that was read.</summary>
    public static ClusterInventory Small { get; } = new()
    {
        Release = new Release(1, 8, 7),
        ClusterId = "c1",
        Repos = [Images, new RepoInventory { Name = "edges" }],
        Pipelines = [Edges],
        Objects = 67,
        Tags = 2,
        Probes = [new FileProbe("images", "master", Second, "/a.png", 3, new string('a', 64))],
    };

    public static RepoInventory Images => new()
    {
        Name = "images",
        Description = "raw \"images\"",
        SizeBytes = 30,
        Created = new DateTimeOffset(2020, 3, 4, 5, 6, 7, TimeSpan.Zero).AddTicks(1234567),
        Branches =
        [
            new BranchInventory
            {
                Name = "derived",
                DirectProvenance = [new BranchName("images", "master")],
                Provenance = [new BranchName("images", "master")],
            },
            new BranchInventory { Name = "master", Head = Second },
        ],
        Commits =
        [
            new CommitInventory
            {
                Id = First,
                Started = DateTimeOffset.UnixEpoch,
                Finished = DateTimeOffset.UnixEpoch.AddTicks(1),
                SizeBytes = 10,
                Tree = new string('1', 128),
                Description = "first",
            },
            new CommitInventory
            {
                Id = Second,
                Parent = First,
                Branch = "master",
                Started = DateTimeOffset.UnixEpoch,
                Trees = [new string('2', 128), new string('3', 128)],
                Datums = new string('4', 128),
                Provenance = [new CommitProvenanceInventory("labels", First, "master")],
            },
        ],
    };

    public static PipelineInventory Edges => new()
    {
        Name = "edges",
        Stopped = true,
        Info = new PipelineInfo
        {
            Pipeline = new Pipeline { Name = "edges" },
            Transform = new Transform { Image = "opencv", Cmd = { "python3", "/edges.py" }, Env = { ["B"] = "2", ["A"] = "1" } },
            Input = new Input { Pfs = new PFSInput { Name = "images", Repo = "images", Branch = "master", Glob = "/*" } },
            DatumTries = 7,
            Standby = true,
            ResourceRequests = new ResourceSpec { Cpu = 0.1f, Memory = "64M" },
        },
    };
}
