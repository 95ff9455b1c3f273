using PachUp.Pachyderm;
using PachUp.Sdk.Testing;

namespace PachUp.Plugins.Pachyderm111To112.Tests;

/// <summary>Recorded clusters of 1.11.9 into the sandbox of 1.12.5.</summary>
public class MigrationTests
{
    [Theory]
    [InlineData("world")]
    [InlineData("stopped")]
    [InlineData("open")]
    public async Task What_was_expected_arrives_and_what_changes_is_announced(string recorded)
    {
        var plugin = ConformanceTests.Plugin with
        {
            Source = Cluster.Recorded($"1.11.9-{recorded}"),
            From = new Release(1, 11, 9),
            To = Route.V1_12_5,
            Set = ["objects=true"],
        };

        await plugin.CheckAsync(ConformanceRules.NothingIsLost);
        await plugin.CheckAsync(ConformanceRules.ChangesAreAnnounced);
    }
}
