using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Testing;
using Snapshooter;
using Snapshooter.Xunit;

namespace PachUp.Plugins.Pachyderm18To19.Tests;

/// <summary>Every recorded archive of 1.8 whose cluster was read out too, rewritten: the whole stream and all that is announced.</summary>
public class RewrittenArchiveTests
{
    public static TheoryData<string, string, string, string> Recorded
    {
        get
        {
            var data = new TheoryData<string, string, string, string>();
            foreach (var target in (string[])["1.9.0", "1.9.12"])
            {
                data.Add("1.8.7", "world", "full", target);
                data.Add("1.8.7", "world", "metadata", target);
                data.Add("1.8.7", "stopped", "metadata", target);
                data.Add("1.8.7", "stoppedout", "metadata", target);
                data.Add("1.8.7", "trees", "metadata", target);
                data.Add("1.8.8", "world", "metadata", target);
                data.Add("1.8.8", "open", "metadata", target);
                data.Add("1.8.8", "stoppedout", "metadata", target);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task A_recorded_archive_is_rewritten_as_decided(string release, string scenario, string archive, string target)
    {
        var source = RecordedInventory.Of(release, $"20-source-{scenario}");
        await using var file = File.OpenRead(Recordings.Archive($"{release}-{scenario}-{archive}"));

        var rewritten = new Route18To19().CreateRewriter(source, Release.Parse(target)).RewriteAsync(ArchiveReader.ReadAsync(file));

        (await StreamText.OfAsync(rewritten)).MatchSnapshot(SnapshotNameExtension.Create(release, scenario, archive, target));
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Everything_that_changes_is_announced(string release, string scenario, string archive, string target)
    {
        Assert.NotEmpty(archive);
        var source = RecordedInventory.Of(release, $"20-source-{scenario}");

        var changes = new Route18To19().PredictTarget(source, Release.Parse(target)).Changes;

        string.Join("\n", changes.Select(change => $"{change.Kind} {change.Item.Kind} {change.Item.Name} [{change.Rule}] {change.Item.Detail}: {change.Why}"))
            .MatchSnapshot(SnapshotNameExtension.Create(release, scenario, target));
    }
}
