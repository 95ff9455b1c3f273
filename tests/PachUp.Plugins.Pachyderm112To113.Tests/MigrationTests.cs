using PachUp.Pachyderm;
using PachUp.Sdk.Testing;

namespace PachUp.Plugins.Pachyderm112To113.Tests;

/// <summary>Recorded clusters of 1.12.5 into the sandbox of 1.13.4.</summary>
public class MigrationTests
{
    [Theory]
    [InlineData("stopped")]
    [InlineData("open")]
    public async Task What_was_expected_arrives_and_what_changes_is_announced(string recorded)
    {
        var plugin = ConformanceTests.Plugin with
        {
            Source = Cluster.Recorded($"1.12.5-{recorded}"),
            From = new Release(1, 12, 5),
            To = Route.V1_13_4,
            Set = ["objects=true"],
        };

        await plugin.CheckAsync(ConformanceRules.NothingIsLost);
        await plugin.CheckAsync(ConformanceRules.ChangesAreAnnounced);
    }
}
