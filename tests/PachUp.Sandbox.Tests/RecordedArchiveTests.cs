using System.Text;
using PachUp.Pachyderm;
using PachUp.TestKit;
using Snapshooter.Xunit;

namespace PachUp.Sandbox.Tests;

public sealed class RecordedArchiveTests
{
    [Fact]
    public async Task Every_recorded_archive_is_restored_as_far_as_its_own_release_takes_it()
    {
        var outcomes = new StringBuilder();
        foreach (var archive in Recordings.ArchiveNames)
        {
            outcomes.AppendLine($"{archive}: {await RestoreAsync(archive)}");
        }

        Snapshot.Match(outcomes.ToString());
    }

    private static async Task<string> RestoreAsync(string archive)
    {
        await using var sandbox = await SandboxCluster.StartAsync(new SandboxOptions { Release = Release.Parse(archive[..archive.IndexOf('-', StringComparison.Ordinal)]) });
        try
        {
            await sandbox.FillAsync(Recordings.Archive(archive));
            return "taken";
        }
        catch (SandboxException refusal)
        {
            return refusal.Message;
        }
    }
}
