using PachUp.Pachyderm;
using PachUp.TestKit;

namespace PachUp.Plugins.Pachyderm17To19.Tests;

/// <summary>Every archive with objects that was recorded from 1.7.14, into every sandbox of the line.</summary>
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
                    data.Add($"1.7.14-{scenario}-full", target);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task What_was_foreseen_arrives(string archive, string target)
    {
        await using var source = await SandboxMigration.StartAsync("1.7.14", archive);

        var migration = await SandboxMigration.RunAsync(new Route17To19(), source, Release.Parse(target));

        Assert.NotEmpty(migration.Foresight.Expected.Repos);
        Assert.Empty(migration.Mistakes);
    }
}
