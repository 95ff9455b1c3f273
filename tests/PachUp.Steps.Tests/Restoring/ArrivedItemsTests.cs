using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Steps.Restoring;

namespace PachUp.Steps.Tests.Restoring;

public sealed class ArrivedItemsTests
{
    private static readonly Operation Images = Operations.Repo("images");
    private static readonly Operation Edges = Operations.Repo("edges");
    private static readonly Operation Tag = Operations.Tag("t", "hash");
    private static readonly Operation First = Operations.Commit("images", 1, "tree");
    private static readonly Operation Second = Operations.Commit("images", 2, "tree", parent: 1);
    private static readonly Operation Head = Operations.Branch("images", "dev", Operations.IdOf(1));
    private static readonly Operation Provenance = Operations.Branch("images", "dev", Operations.IdOf(1), "edges");

    [Fact]
    public void Nothing_has_arrived_where_nothing_is_there() => Assert.Equal(0, Count([Images, Edges], []));

    [Fact]
    public void All_has_arrived_where_all_is_there() => Assert.Equal(2, Count([Images, Edges], [Images, Edges]));

    [Fact]
    public void What_comes_before_something_that_arrived_has_arrived() => Assert.Equal(3, Count([Tag, Images, First, Second], [Tag, Images, First]));

    [Fact]
    public void A_tag_that_was_there_before_proves_nothing() => Assert.Equal(1, Count([Tag, Images], [Tag]));

    [Fact]
    public void What_cannot_be_asked_for_is_sent_again_unless_something_behind_it_arrived()
    {
        var block = Operation.Create(OperationGeneration.V1_9, OperationKind.Block, new Pachyderm.Wire.Pfs.PutBlockRequest());

        Assert.Equal(0, Count([block, Images], []));
        Assert.Equal(2, Count([block, Images], [Images]));
    }

    [Fact]
    public void A_branch_that_is_as_its_last_operation_leaves_it_has_arrived() =>
        Assert.Equal(2, Count([Head, Provenance], [], Branch("dev", 1, "edges")));

    [Fact]
    public void A_branch_that_is_as_its_first_operation_leaves_it_has_arrived_up_to_there() =>
        Assert.Equal(1, Count([Head, Provenance], [], Branch("dev", 1)));

    [Fact]
    public void A_branch_that_points_elsewhere_has_not_arrived() => Assert.Equal(0, Count([Head], [], Branch("dev", 7)));

    [Fact]
    public void A_branch_before_a_commit_that_is_missing_may_have_arrived_and_one_behind_it_has_not() =>
        Assert.Equal(1, Count([Head, First, Provenance], [], Branch("dev", 1)));

    [Fact]
    public void A_target_that_has_the_later_and_not_the_earlier_was_changed_by_somebody_else()
    {
        var refusal = Assert.Throws<StepFailedException>(() => Count([Images, Edges], [Edges]));

        Assert.Equal(FailureKind.Refused, refusal.Kind);
        Assert.Contains("repo edges, but not repo images, which was sent earlier", refusal.Message, StringComparison.Ordinal);
    }

    private static BranchState Branch(string name, int head, params string[] provenance) => new(
        new BranchName("images", name), Operations.IdOf(head), [.. provenance.Select(repo => new BranchName(repo, "master"))]);

    private static int Count(Operation[] sent, Operation[] there, params BranchState[] branches) => ArrivedItems.CountOf(
        [.. sent.Select(ItemOf)],
        new ObservedTarget(
            [.. there.Select(ItemOf).SelectMany(item => item.Names.Select(name => (item.Kind, name)))],
            branches.ToImmutableDictionary(branch => branch.Name)));

    private static UnconfirmedItem ItemOf(Operation operation) => UnconfirmedItem.Of(operation, new StreamPosition(0, 0, ""));
}
