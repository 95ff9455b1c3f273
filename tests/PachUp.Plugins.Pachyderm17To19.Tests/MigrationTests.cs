using PachUp.Pachyderm;
using PachUp.Sdk.Testing;

namespace PachUp.Plugins.Pachyderm17To19.Tests;

/// <summary>Every cluster that was recorded from 1.7.14, into every sandbox of the line.</summary>
public class MigrationTests
{
    public static TheoryData<string, string> Recorded
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var target in (string[])["1.9.0", "1.9.12"])
            {
                foreach (var scenario in (string[])["world", "open", "stopped", "stoppedout", "cronrace"])
                {
                    data.Add($"1.7.14-{scenario}", target);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task What_was_expected_arrives_and_what_changes_is_announced(string recorded, string target)
    {
        var plugin = ConformanceTests.Plugin with { Source = Cluster.Recorded(recorded), To = Release.Parse(target) };

        await plugin.CheckAsync(ConformanceRules.NothingIsLost);
        await plugin.CheckAsync(ConformanceRules.ChangesAreAnnounced);
    }
}
