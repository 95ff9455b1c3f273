using Google.Protobuf;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk.Testing;
using PfsApi = PachUp.Pachyderm.Wire.Pfs.API.APIClient;
using PpsApi = PachUp.Pachyderm.Wire.Pps.API.APIClient;

namespace PachUp.Plugins.Pachyderm18To19.Tests;

/// <summary>
/// A 1.8 cluster of what the official procedure loses or stumbles over: branch names that 1.9 refuses, an input repo whose branch has
/// provenance, a derived repo with a finished commit, the data of a spout, an open commit, a stopped pipeline with every forgotten field.
/// </summary>
internal static class LossyCluster
{
    /// <summary>How it is made.</summary>
    public static Cluster Description { get; } = Cluster.Empty.With(builder => BuildAsync(builder.Pfs, builder.Pps));

    private static async Task BuildAsync(PfsApi pfs, PpsApi pps)
    {
        foreach (var repo in (string[])["labels", "images", "derived"])
        {
            await pfs.CreateRepoAsync(new CreateRepoRequest { Repo = new Repo { Name = repo }, Description = $"all {repo}" });
        }

        await PutAsync(pfs, "labels", "master", "/1.txt");
        await PutAsync(pfs, "images", "master", "/1.png");
        await PutAsync(pfs, "images", "master", "/2.png");
        await PutAsync(pfs, "images", "feat.x", "/x.png");
        await PutAsync(pfs, "images", "rel/1.0", "/r.png");
        await DeriveAsync(pfs);
        await pps.CreatePipelineAsync(Edges());
        await pps.StopPipelineAsync(new StopPipelineRequest { Pipeline = new Pipeline { Name = "edges" } });
        await pps.CreatePipelineAsync(new CreatePipelineRequest { Pipeline = new Pipeline { Name = "sensor" }, Transform = new Transform { Image = "ubuntu:16.04" }, Spout = new Spout() });
        await PutAsync(pfs, "sensor", "master", "/s.txt");
        await PutAsync(pfs, "sensor", "master", "/t.txt");
        await pfs.StartCommitAsync(new StartCommitRequest { Parent = new Commit { Repo = new Repo { Name = "images" } }, Branch = "master" });

        // A headless branch with provenance: it makes extract drop the whole repo.
        await pfs.CreateBranchAsync(new CreateBranchRequest { Branch = BranchOf("images", "a b"), Provenance = { BranchOf("labels", "empty") } });
    }

    private static CreatePipelineRequest Edges() => new()
    {
        Pipeline = new Pipeline { Name = "edges" },
        Transform = new Transform { Image = "ubuntu:16.04", Cmd = { "true" } },
        Input = new Input
        {
            Cross =
            {
                new Input { Atom = new AtomInput { Name = "x", Repo = "images", Branch = "feat.x", Glob = "/*" } },
                new Input { Pfs = new PFSInput { Name = "labels", Repo = "labels", Branch = "master", Glob = "/" } },
            },
        },
        OutputBranch = "out.put",
        Salt = "the old salt",
        Standby = true,
        DatumTries = 7,
        SchedulingSpec = new SchedulingSpec { PriorityClassName = "high" },
        PodPatch = "[]",
        HashtreeSpec = new HashtreeSpec { Constant = 2 },
        Service = new Service { InternalPort = 80, ExternalPort = 30080 },
    };

    private static async Task DeriveAsync(PfsApi pfs)
    {
        await pfs.CreateBranchAsync(new CreateBranchRequest { Branch = BranchOf("derived", "master"), Provenance = { BranchOf("labels", "master") } });
        var head = new Commit { Repo = new Repo { Name = "derived" }, Id = "master" };
        await PutAsync(pfs, "derived", "master", "/d.txt");
        await pfs.FinishCommitAsync(new FinishCommitRequest { Commit = head });
    }

    private static async Task PutAsync(PfsApi pfs, string repo, string branch, string path)
    {
        using var call = pfs.PutFile();
        var file = new PachUp.Pachyderm.Wire.Pfs.File { Commit = new Commit { Repo = new Repo { Name = repo }, Id = branch }, Path = path };
        await call.RequestStream.WriteAsync(new PutFileRequest { File = file, Value = ByteString.CopyFromUtf8(path) });
        await call.RequestStream.CompleteAsync();
        await call.ResponseAsync;
    }

    private static Branch BranchOf(string repo, string name) => new() { Repo = new Repo { Name = repo }, Name = name };
}
