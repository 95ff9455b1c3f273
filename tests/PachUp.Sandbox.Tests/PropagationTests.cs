using Grpc.Core;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sdk.Testing;
using PfsApi = PachUp.Pachyderm.Wire.Pfs.API;

namespace PachUp.Sandbox.Tests;

public sealed class PropagationTests
{
    public static TheoryData<string> Releases => ClusterTests.Releases;

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task A_commit_of_an_input_starts_one_of_the_output_which_stays_open(string release)
    {
        await using var cluster = await Clusters.StartAsync(release);
        using var builder = await MakePipelineAsync(cluster);

        var input = await builder.CommitFileAsync("images", "master", "/1", "x");

        var outputs = await ListCommitsAsync(cluster, "edges");
        Assert.Null(Assert.Single(outputs).Finished);
        Assert.Contains(await ListCommitsAsync(cluster, "images"), commit => commit.Commit.Id == input && commit.Subvenance.Count == 1);
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task The_output_branch_of_a_stopped_pipeline_has_no_provenance_so_inputs_start_no_commits_on_it(string release)
    {
        await using var cluster = await Clusters.StartAsync(release);
        using var builder = await MakePipelineAsync(cluster);

        await builder.StopPipelineAsync("edges");
        await builder.CommitFileAsync("images", "master", "/1", "x");

        using var channel = SandboxChannel.Open(cluster.Address);
        var branches = await new PfsApi.APIClient(channel).ListBranchAsync(new ListBranchRequest { Repo = new Repo { Name = "edges" } });
        Assert.Empty(Assert.Single(branches.BranchInfo).Provenance);
        Assert.Empty(await ListCommitsAsync(cluster, "edges"));
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task A_client_cannot_start_a_commit_on_an_output_branch(string release)
    {
        await using var cluster = await Clusters.StartAsync(release);
        using var builder = await MakePipelineAsync(cluster);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => builder.StartCommitAsync("edges", "master"));

        Assert.Equal("cannot start a commit on an output branch", refusal.Status.Detail);
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task A_call_that_fails_leaves_nothing_behind(string release)
    {
        await using var cluster = await Clusters.StartAsync(release);
        using var builder = await MakePipelineAsync(cluster);
        await builder.CommitFileAsync("images", "master", "/1", "x");

        await Assert.ThrowsAsync<RpcException>(() => builder.CreateBranchAsync("images", "dev", head: null, ("images", "master"), ("nosuch", "master")));

        using var channel = SandboxChannel.Open(cluster.Address);
        var branches = await new PfsApi.APIClient(channel).ListBranchAsync(new ListBranchRequest { Repo = new Repo { Name = "images" } });
        var master = Assert.Single(branches.BranchInfo);
        Assert.DoesNotContain(master.Subvenance, branch => branch.Name == "dev");
    }

    private static async Task<ClusterBuilder> MakePipelineAsync(SandboxCluster cluster)
    {
        var builder = new ClusterBuilder(cluster.Address);
        await builder.CreateRepoAsync("images");
        await builder.CreatePipelineAsync("edges", "images");
        return builder;
    }

    private static async Task<List<CommitInfo>> ListCommitsAsync(SandboxCluster cluster, string repo)
    {
        using var channel = SandboxChannel.Open(cluster.Address);
        using var call = new PfsApi.APIClient(channel).ListCommitStream(new ListCommitRequest { Repo = new Repo { Name = repo } });
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }
}
