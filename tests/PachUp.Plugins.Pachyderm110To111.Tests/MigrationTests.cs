using PachUp.Pachyderm;
using PachUp.Sdk.Testing;

namespace PachUp.Plugins.Pachyderm110To111.Tests;

/// <summary>Recorded clusters of 1.10.5 into the sandbox of 1.11.9.</summary>
public class MigrationTests
{
    [Theory]
    [InlineData("world")]
    [InlineData("stopped")]
    public async Task What_was_expected_arrives_and_what_changes_is_announced(string recorded)
    {
        var plugin = ConformanceTests.Plugin with
        {
            Source = Cluster.Recorded($"1.10.5-{recorded}"),
            From = new Release(1, 10, 5),
            To = Route.V1_11_9,
            Set = ["objects=true"],
        };

        await plugin.CheckAsync(ConformanceRules.NothingIsLost);
        await plugin.CheckAsync(ConformanceRules.ChangesAreAnnounced);
    }
}
