using PachUp.Pachyderm;
using PachUp.Sdk;
using PachUp.Steps.Checks;
using PachUp.Testing;
using static PachUp.Testing.Inventories;

namespace PachUp.Steps.Tests.Checks;

public class LocalStorageCheckTests
{
    [Theory]
    [InlineData("1.9.0", "1.9.12", CheckOutcome.Warning)]
    [InlineData("1.9.9", "1.9.10", CheckOutcome.Warning)]
    [InlineData("1.9.10", "1.9.12", CheckOutcome.Passed)]
    [InlineData("1.9.0", "1.9.9", CheckOutcome.Passed)]
    [InlineData("1.8.7", "1.8.8", CheckOutcome.Passed)]
    public async Task Local_storage_moved_with_1_9_10(string source, string target, CheckOutcome outcome)
    {
        var context = AskedContext.Of(Of() with { Release = Release.Parse(source) }) with { TargetRelease = Release.Parse(target) };

        var result = await new LocalStorageCheck().AskAsync(context, CancellationToken.None);

        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(outcome == CheckOutcome.Warning, result.Remedy.Contains("from ROOT/pach to ROOT", StringComparison.Ordinal));
    }
}
