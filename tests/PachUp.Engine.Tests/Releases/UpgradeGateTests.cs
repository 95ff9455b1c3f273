using PachUp.Engine.Releases;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Tests.Releases;

public class UpgradeGateTests
{
    [Theory]
    [InlineData("1.8.7", "1.8.8", CheckOutcome.Passed, "1.8.7 to 1.8.8 is an upgrade within line 1.8")]
    [InlineData("1.8.0", "1.8.8", CheckOutcome.Passed, "1.8.0 to 1.8.8 is an upgrade within line 1.8")]
    [InlineData("1.8.8", "1.8.8", CheckOutcome.Refused, "The cluster already runs 1.8.8. There is nothing to upgrade.")]
    [InlineData("1.8.8", "1.8.7", CheckOutcome.Refused, "1.8.7 is older than 1.8.8, the release of the cluster")]
    [InlineData("1.9.0", "1.8.8", CheckOutcome.Refused, "1.8.8 is older than 1.9.0, the release of the cluster")]
    [InlineData("1.8.8", "1.9.12", CheckOutcome.Refused, "This needs a migration: 1.8.8 is of line 1.8, and 1.9.12 is of line 1.9")]
    public void An_upgrade_stays_within_a_line_and_goes_forward(string source, string target, CheckOutcome outcome, string found)
    {
        var result = UpgradeGate.Decide(Release.Parse(source), Release.Parse(target), ReleaseCatalogue.BuiltIn);

        Assert.Equal(outcome, result.Outcome);
        Assert.StartsWith(found, result.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.8.8", "1.9.12", "Migrate: \"pachup plan --to 1.9.12\" finds and shows the plan for the next migration.")]
    [InlineData("1.7.9", "1.9.12", "First upgrade to 1.7.14 with this plan, then migrate: \"pachup plan --to 1.9.12\" finds and shows the plan for the next migration.")]
    public void A_refused_upgrade_names_the_command_for_the_migration(string source, string target, string remedy) =>
        Assert.Equal(remedy, UpgradeGate.Decide(Release.Parse(source), Release.Parse(target), ReleaseCatalogue.BuiltIn).Remedy);
}
