using PachUp.Engine.Releases;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Tests.Releases;

public class UpgradeGateTests
{
    [Theory]
    [InlineData("1.8.7", "1.8.8", CheckOutcome.Passed, "1.8.7 to 1.8.8 is an upgrade: both are of line 1.8")]
    [InlineData("1.8.0", "1.8.8", CheckOutcome.Passed, "1.8.0 to 1.8.8 is an upgrade: both are of line 1.8")]
    [InlineData("1.8.8", "1.8.8", CheckOutcome.Refused, "The cluster is 1.8.8 already: there is nothing to upgrade.")]
    [InlineData("1.8.8", "1.8.7", CheckOutcome.Refused, "1.8.7 is older than 1.8.8, which runs now")]
    [InlineData("1.9.0", "1.8.8", CheckOutcome.Refused, "1.8.8 is older than 1.9.0, which runs now")]
    [InlineData("1.8.8", "1.9.12", CheckOutcome.Refused, "A migration is needed: 1.8.8 is of line 1.8 and 1.9.12 of line 1.9")]
    public void An_upgrade_stays_within_a_line_and_goes_forward(string source, string target, CheckOutcome outcome, string found)
    {
        var result = UpgradeGate.Decide(Release.Parse(source), Release.Parse(target), ReleaseCatalogue.BuiltIn);

        Assert.Equal(outcome, result.Outcome);
        Assert.StartsWith(found, result.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.8.8", "1.9.12", "Migrate: \"pachup plan --to 1.9.12\" finds the plan for the next step and shows it.")]
    [InlineData("1.7.9", "1.9.12", "Upgrade to 1.7.14 with this plan first, then migrate: \"pachup plan --to 1.9.12\" finds the plan for the next step and shows it.")]
    public void Where_a_migration_is_needed_the_next_command_is_named(string source, string target, string remedy) =>
        Assert.Equal(remedy, UpgradeGate.Decide(Release.Parse(source), Release.Parse(target), ReleaseCatalogue.BuiltIn).Remedy);
}
