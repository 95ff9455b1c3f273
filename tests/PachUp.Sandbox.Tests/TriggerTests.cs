using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sdk.Testing;

namespace PachUp.Sandbox.Tests;

/// <summary>From 1.12 on, a trigger makes the new head of one branch the head of another.</summary>
public sealed class TriggerTests
{
    [Theory]
    [InlineData("", 2, false, "2")]
    [InlineData("6B", 0, false, "1 2 3")]
    [InlineData("7B", 0, false, "2")]
    [InlineData("6B", 2, true, "2")]
    [InlineData("1K", 1, false, "1 2 3")]
    public async Task A_branch_moves_when_its_trigger_fires(string size, int commits, bool all, string moves)
    {
        await using var cluster = await Clusters.StartAsync("1.12.5");
        using var builder = new ClusterBuilder(cluster.Address);
        await builder.CreateRepoAsync("images");
        await builder.Pfs.CreateBranchAsync(new CreateBranchRequest
        {
            Branch = new Branch { Repo = new Repo { Name = "images" }, Name = "staged" },
            Trigger = new Trigger { Branch = "master", Size = size, Commits = commits, All = all },
        });
        var moved = new List<int>();
        for (var number = 1; number <= 3; number++)
        {
            var commit = await builder.CommitFileAsync("images", "master", $"/{number}", "6 byte");
            var staged = await builder.Pfs.InspectBranchAsync(new InspectBranchRequest { Branch = new Branch { Repo = new Repo { Name = "images" }, Name = "staged" } });
            if (staged.Head?.Id == commit)
            {
                moved.Add(number);
            }
        }

        Assert.Equal(moves, string.Join(' ', moved));
    }

    [Theory]
    [InlineData("", "", "triggers must specify a branch to trigger on")]
    [InlineData("master", "big", "invalid trigger size: invalid size: 'big'")]
    public async Task A_trigger_that_cannot_work_is_refused(string branch, string size, string words)
    {
        await using var cluster = await Clusters.StartAsync("1.12.5");
        using var builder = new ClusterBuilder(cluster.Address);
        await builder.CreateRepoAsync("images");

        var refusal = await Assert.ThrowsAsync<Grpc.Core.RpcException>(async () => await builder.Pfs.CreateBranchAsync(new CreateBranchRequest
        {
            Branch = new Branch { Repo = new Repo { Name = "images" }, Name = "staged" },
            Trigger = new Trigger { Branch = branch, Size = size },
        }));

        Assert.Equal(words, refusal.Status.Detail);
    }
}
