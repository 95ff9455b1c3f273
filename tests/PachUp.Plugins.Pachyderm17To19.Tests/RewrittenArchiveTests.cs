using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Testing;
using Snapshooter;
using Snapshooter.Xunit;

namespace PachUp.Plugins.Pachyderm17To19.Tests;

/// <summary>Every recorded archive of 1.7.14 whose cluster was read out too, rewritten: the whole stream and all that is announced.</summary>
public class RewrittenArchiveTests
{
    public static TheoryData<string> Recorded => ["world", "open", "stopped", "odd"];

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task A_recorded_archive_is_rewritten_as_decided(string scenario)
    {
        var source = RecordedInventory.Of("1.7.14", $"20-source-{scenario}");
        await using var file = File.OpenRead(Recordings.Archive($"1.7.14-{scenario}-full"));

        var rewritten = new Route17To19().CreateRewriter(source, Release.Parse("1.9.12")).RewriteAsync(ArchiveReader.ReadAsync(file));

        (await StreamText.OfAsync(rewritten)).MatchSnapshot(SnapshotNameExtension.Create(scenario));
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Everything_that_changes_is_announced(string scenario)
    {
        var source = RecordedInventory.Of("1.7.14", $"20-source-{scenario}");

        var changes = new Route17To19().PredictTarget(source, Release.Parse("1.9.12")).Changes;

        ChangeText.Of(changes).MatchSnapshot(SnapshotNameExtension.Create(scenario));
    }
}
