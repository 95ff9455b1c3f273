using PachUp.Engine.Releases;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Tests.Releases;

public class RestoreGateTests
{
    [Theory]
    [InlineData("1.8.7", "1.8.7", CheckOutcome.Passed)]
    [InlineData("1.8.7", "1.8.8", CheckOutcome.Passed)]
    [InlineData("1.8.8", "1.8.1", CheckOutcome.Passed)]
    [InlineData("1.9.0", "1.9.12", CheckOutcome.Passed)]
    [InlineData("1.9.12", "1.9.0", CheckOutcome.Refused)]
    [InlineData("1.8.8", "1.8.0", CheckOutcome.Refused)]
    [InlineData("1.7.14", "1.8.8", CheckOutcome.Refused)]
    [InlineData("1.9.0", "1.8.8", CheckOutcome.Refused)]
    public void A_backup_is_restored_only_into_a_release_that_reads_all_of_it(string backup, string target, CheckOutcome outcome) =>
        Assert.Equal(outcome, RestoreGate.Decide(Release.Parse(backup), Release.Parse(target)).Outcome);
}
