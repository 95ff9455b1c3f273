using PachUp.Engine.Steps;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Engine.Tests.Steps;

public sealed class SplitStreamTests
{
    private static readonly Operation RepoOperation = Operation.Repo(OperationGeneration.V1_9, new CreateRepoRequest { Repo = new Repo { Name = "images" } });
    private static readonly Operation CommitOperation = Operation.Commit(OperationGeneration.V1_9, new BuildCommitRequest { ID = "1" });
    private static readonly Operation BranchOperation = Operation.Branch(OperationGeneration.V1_9, new CreateBranchRequest());

    [Fact]
    public async Task The_second_half_begins_with_the_first_operation_that_belongs_to_it()
    {
        await using var stream = Split(RepoOperation, CommitOperation, BranchOperation);

        Assert.Equal([RepoOperation], await stream.FirstHalfAsync(default).ToListAsync());
        Assert.Equal([CommitOperation, BranchOperation], await stream.SecondHalfAsync(default).ToListAsync());
    }

    [Fact]
    public async Task Each_half_may_be_empty()
    {
        await using var onlyFirst = Split(RepoOperation);
        await using var onlySecond = Split(CommitOperation);

        Assert.Equal([RepoOperation], await onlyFirst.FirstHalfAsync(default).ToListAsync());
        Assert.Empty(await onlyFirst.SecondHalfAsync(default).ToListAsync());
        Assert.Empty(await onlySecond.FirstHalfAsync(default).ToListAsync());
        Assert.Equal([CommitOperation], await onlySecond.SecondHalfAsync(default).ToListAsync());
    }

    [Fact]
    public async Task A_repo_after_a_commit_is_a_bug_of_the_rewriter()
    {
        await using var stream = Split(CommitOperation, RepoOperation);
        await stream.FirstHalfAsync(default).ToListAsync();

        var bug = await Assert.ThrowsAsync<InvalidOperationException>(async () => await stream.SecondHalfAsync(default).ToListAsync());

        Assert.Contains("Repo", bug.Message, StringComparison.Ordinal);
    }

    private static SplitStream Split(params Operation[] operations) =>
        new(operations.ToAsyncEnumerable(), operation => operation.Kind is OperationKind.Commit or OperationKind.Branch);
}
