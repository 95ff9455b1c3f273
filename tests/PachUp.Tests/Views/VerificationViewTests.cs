using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Comparing;
using PachUp.Verification.Files;
using PachUp.Views;
using Snapshooter.Xunit;

namespace PachUp.Tests.Views;

public class VerificationViewTests
{
    [Fact]
    public void A_loss_is_listed_item_by_item()
    {
        var report = new VerificationReport
        {
            Counts = [new KindCount(ItemKind.Repo, 5, 6), new KindCount(ItemKind.File, 7, 7), new KindCount(ItemKind.Tag, 3, 30_003)],
            Lost = [new InventoryItem(ItemKind.Repo, "labels"), new InventoryItem(ItemKind.Tag, "model-v1")],
            LostLists = [new LostList(ItemKind.Tag, "/state/runs/20261125-120000-3f9a/lost-tags.txt")],
            Changed = [new InventoryItem(ItemKind.Pipeline, "edges", "datum_tries: 7 -> 3")],
            Added = [new InventoryItem(ItemKind.Commit, "montage@11aa")],
            FsckErrors = ["branch images@master has a head that is not there"],
        };

        Snapshot.Match(Screen.Of(page => VerificationView.Write(page, report, ItemLimit.Condensed)));
    }

    [Fact]
    public void Announced_differences_and_what_was_not_compared_are_shown()
    {
        var report = new VerificationReport
        {
            Counts = [new KindCount(ItemKind.Repo, 1204, 1204), new KindCount(ItemKind.Branch, 9, 9), new KindCount(ItemKind.File, 20, 20)],
            Announced = [new AnnouncedChange(ChangeKind.Renamed, new InventoryItem(ItemKind.Branch, "images@feat.x", "feat.x -> feat_x"), "name-not-allowed", "1.9 refuses dots")],
            Files = [new FilesCompared { Commits = 4, Files = 20, Kept = 20, BytesRead = 31_457_280, Seed = 42 }],
            NotCompared = ["Whether pipelines are stopped: an archive does not tell this."],
        };

        Snapshot.Match(Screen.Of(page => VerificationView.Write(page, report, ItemLimit.Condensed)));
    }
}
