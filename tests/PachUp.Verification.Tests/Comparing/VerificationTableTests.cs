using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Comparing;

namespace PachUp.Verification.Tests.Comparing;

public class VerificationTableTests
{
    private static readonly VerificationReport Report = new()
    {
        Counts = [new KindCount(ItemKind.Repo, 3, 5), new KindCount(ItemKind.Tag, 7, 7)],
        Lost = [new InventoryItem(ItemKind.Repo, "labels")],
        Changed = [new InventoryItem(ItemKind.Repo, "images", "description")],
        Added = [new InventoryItem(ItemKind.Repo, "more")],
        Announced =
        [
            new AnnouncedChange(ChangeKind.Renamed, new InventoryItem(ItemKind.Repo, "a"), "one-rule", ""),
            new AnnouncedChange(ChangeKind.Changed, new InventoryItem(ItemKind.Repo, "a"), "another-rule", ""),
        ],
    };

    [Fact]
    public void A_kind_is_counted_in_what_was_kept_announced_lost_different_and_added() =>
        Assert.Equal(new VerificationRow(ItemKind.Repo, Kept: 3, Announced: 1, Lost: 1, Different: 1, Added: 1), VerificationTable.Of(Report)[0]);

    [Fact]
    public void A_kind_of_which_all_is_there_has_no_losses() =>
        Assert.Equal(new VerificationRow(ItemKind.Tag, Kept: 7, Announced: 0, Lost: 0, Different: 0, Added: 0), VerificationTable.Of(Report)[1]);

    [Fact]
    public void The_line_says_of_each_kind_how_much_arrived() => Assert.Equal("repos 3 of 5, tags 7 of 7", ArrivalLine.Of(Report));

    [Theory]
    [InlineData(true, 0, "Something is lost")]
    [InlineData(false, 2, "Everything that can be compared before work has arrived; the output of 2 pipelines is not yet proved")]
    [InlineData(false, 0, "Nothing is lost")]
    public void The_summary_speaks_for_output_only_when_it_was_proved(bool loss, int toProve, string summary)
    {
        var report = new VerificationReport { Counts = loss ? [new KindCount(ItemKind.Repo, 0, 1)] : [], OutputsToProve = toProve };

        Assert.Equal(summary, ArrivalLine.SummaryOf(report));
    }

    [Fact]
    public void Errors_that_the_target_finds_in_itself_are_a_loss() =>
        Assert.True(new VerificationReport { Counts = [], FsckErrors = ["branch images@master has a head that is not there"] }.FoundLoss);
}
