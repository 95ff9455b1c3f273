using PachUp.Engine.Verification;
using PachUp.Pachyderm.Inventories;
using PachUp.Views;
using Snapshooter.Xunit;

namespace PachUp.Cli.Tests.Views;

public class VerificationViewTests
{
    [Fact]
    public void A_loss_is_told_item_by_item()
    {
        var report = new VerificationReport
        {
            Counts = [new KindCount(ItemKind.Repo, 5, 6), new KindCount(ItemKind.File, 6, 7)],
            Lost = [new InventoryItem(ItemKind.Repo, "labels")],
            Changed = [new InventoryItem(ItemKind.Pipeline, "edges", "datum_tries: 7 -> 3")],
            Added = [new InventoryItem(ItemKind.Commit, "montage@11aa")],
            FsckErrors = ["branch images@master has a head that is not there"],
        };

        Snapshot.Match(Screen.Of(page => VerificationView.Write(page, report, ItemLimit.Condensed)));
    }
}
