using PachUp.Pachyderm;
using PachUp.Sdk.Testing;

namespace PachUp.Plugins.Pachyderm19To110.Tests;

/// <summary>Recorded clusters of 1.9.12 into the sandbox of 1.10.5.</summary>
public class MigrationTests
{
    [Theory]
    [InlineData("world")]
    [InlineData("open")]
    [InlineData("stoppedout")]
    [InlineData("trees")]
    [InlineData("worked")]
    public async Task What_was_expected_arrives_and_what_changes_is_announced(string recorded)
    {
        var plugin = ConformanceTests.Plugin with
        {
            Source = Cluster.Recorded($"1.9.12-{recorded}"),
            From = new Release(1, 9, 12),
            To = Route.V1_10_5,
            Set = ["objects=true"],
        };

        await plugin.CheckAsync(ConformanceRules.NothingIsLost);
        await plugin.CheckAsync(ConformanceRules.ChangesAreAnnounced);
    }
}
