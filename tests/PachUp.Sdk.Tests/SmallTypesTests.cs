using PachUp.Pachyderm;

namespace PachUp.Sdk.Tests;

/// <summary>The small types of the contract that decide something.</summary>
public class SmallTypesTests
{
    [Theory]
    [InlineData(PlanPurpose.Migration, true, true)]
    [InlineData(PlanPurpose.Reload, true, true)]
    [InlineData(PlanPurpose.Upgrade, true, false)]
    [InlineData(PlanPurpose.Backup, true, false)]
    [InlineData(PlanPurpose.Restore, false, true)]
    public void A_purpose_tells_whether_a_cluster_is_read_and_whether_one_is_filled(PlanPurpose purpose, bool reads, bool fills) =>
        Assert.Equal((reads, fills), (purpose.ReadsCluster(), purpose.FillsCluster()));

    [Fact]
    public void A_failure_is_a_failure_unless_it_says_what_else_it_is()
    {
        var cause = new IOException("no space");

        var failure = new StepFailedException("the disk is full", "Make room.", cause);

        Assert.Equal(("the disk is full", "Make room.", FailureKind.Failed), (failure.Message, failure.Remedy, failure.Kind));
        Assert.Same(cause, failure.InnerException);
    }

    [Fact]
    public void A_refusal_is_a_failure_of_its_own_kind() =>
        Assert.Equal(FailureKind.Refused, StepFailedException.Refused("it is not empty", "Empty it.").Kind);

    [Fact]
    public void Named_values_are_in_the_order_of_their_names()
    {
        var values = NamedValues.Of(("operations", "17"), ("Archive", "a"), ("cluster", "c"));

        Assert.Equal(["Archive", "cluster", "operations"], values.Keys);
    }

    [Fact]
    public void A_name_with_two_values_is_a_mistake()
    {
        Assert.Throws<ArgumentException>(() => NamedValues.Of(("a", "1"), ("a", "2")));
        Assert.Equal("1", NamedValues.Of(("a", "1"), ("a", "1"))["a"]);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1, 0, false)]
    [InlineData(0, 1, false)]
    public void A_target_is_empty_without_repos_and_pipelines(int repos, int pipelines, bool isEmpty) =>
        Assert.Equal(isEmpty, new TargetState(new Release(1, 9, 0), "id", repos, pipelines).IsEmpty);

    [Fact]
    public void A_branch_that_is_loaded_is_named_by_its_repo() => Assert.Equal("images@master", new LoadedBranch("images", "master", "1").ToString());

    [Fact]
    public void A_file_that_a_rehearsal_moves_keeps_its_name() => Assert.Equal(Path.Combine("/rehearsal", "a.pachx"), IWritesFiles.Move("/backups/deep/a.pachx", "/rehearsal"));
}
