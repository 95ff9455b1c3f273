using PachUp.Cli.Terminals;
using PachUp.Commands.Plans;
using PachUp.Engine.Planning;
using PachUp.Sdk;
using Snapshooter.Xunit;

namespace PachUp.Tests.Commands.Plans;

public class ChecksViewTests
{
    private static readonly CheckDescription OpenCommits = new(
        "open-commits",
        "Are there commits on the source that are not finished?",
        new CheckGuide
        {
            Why = "An open commit is in the extract without its files. Restoring it fails, or leaves an empty commit open for ever.",
            WhenPassed = "Every commit of an input repo is finished.",
            WhenWarned = "The commits that are named stay behind. Finish them, or delete them, on the source.",
            Releases = "sources before 1.9.6",
            Issues = [4661, 4694],
        })
    {
        Pairs = ["1.7 -> 1.8", "1.8 -> 1.9"],
    };

    private static readonly CheckDescription TargetEmpty = new(
        "target-empty",
        "Is the target empty?",
        new CheckGuide { Why = "pachd passes over what exists already.", WhenPassed = "It is empty.", WhenRefused = "Something is in it." });

    [Fact]
    public void Checks_are_listed_with_their_question_and_severity() =>
        Snapshot.Match(Screen.Of(page => ChecksView.WriteList(page, [OpenCommits, TargetEmpty])));

    [Fact]
    public void A_check_is_explained_with_the_meaning_of_each_result() => Snapshot.Match(Screen.Of(page => ChecksView.Explain(page, OpenCommits)));

    [Fact]
    public void Json_has_the_same() => Snapshot.Match(JsonAnswer.Serialize(ChecksDocument.Of([OpenCommits, TargetEmpty])));
}
