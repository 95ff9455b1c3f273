using PachUp.Cli;
using PachUp.Cli.Terminals;
using PachUp.Commands.Plans.Plan;
using PachUp.Engine.Planning;
using PachUp.Views;
using Snapshooter.Xunit;

namespace PachUp.Tests.Views;

public class PlanViewTests
{
    private static readonly string[] Arguments = ["pachyderm-1.8.7-to-1.9.0", "--source", "old.example:30650", "--target", "new.example:30650"];

    [Fact]
    public void A_plan_shows_findings_changes_and_steps_and_ends_with_the_apply_command() =>
        Snapshot.Match(Text(SamplePlans.Ready, ItemLimit.Condensed));

    [Fact]
    public void A_refused_plan_starts_with_the_refusals_and_says_what_to_do() => Snapshot.Match(Text(SamplePlans.Refused, ItemLimit.Condensed));

    [Fact]
    public void A_plan_in_place_says_that_the_target_takes_the_address_of_the_source() => Snapshot.Match(Text(SamplePlans.InPlace, ItemLimit.Condensed));

    [Fact]
    public void Json_has_all_parts() => Snapshot.Match(JsonAnswer.Serialize(new PlanAnswer(SamplePlans.Refused, Next: null)));

    [Fact]
    public void Every_item_of_a_long_list_is_shown_when_asked_for()
    {
        var condensed = Text(SamplePlans.Ready, ItemLimit.Condensed);
        var whole = Text(SamplePlans.Ready, ItemLimit.None);

        Assert.DoesNotContain("repo23", condensed, StringComparison.Ordinal);
        Assert.Contains("and 18 more (--all shows every one)", condensed, StringComparison.Ordinal);
        Assert.Contains("- repo repo23: time of creation", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void No_line_is_wider_than_eighty_columns_unless_a_name_is()
    {
        var wide = Text(SamplePlans.Ready, ItemLimit.None).Split('\n').Where(line => line.Length > 80).ToList();

        Assert.NotEmpty(wide);
        Assert.All(wide, line => Assert.Contains(SamplePlans.LongName, line, StringComparison.Ordinal));
    }

    [Fact]
    public void There_is_colour_only_on_a_terminal_and_not_with_NO_COLOR()
    {
        Assert.Contains("\u001b[", On(new Screen(isTerminal: true, name => name == "TERM" ? "xterm-256color" : null)), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[", On(new Screen()), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[3", On(new Screen(isTerminal: true, name => name == "NO_COLOR" ? "1" : null)), StringComparison.Ordinal);

        static string On(Screen screen)
        {
            PlanView.Write(screen.Terminal.Answer, SamplePlans.Refused, ItemLimit.Condensed);
            return screen.Answer;
        }
    }

    private static string Text(PlanPreview plan, ItemLimit limit) => Screen.Of(page =>
    {
        PlanView.Write(page, plan, limit);
        NextCommandView.Write(page, NextCommand.After(plan, Arguments));
    });
}
