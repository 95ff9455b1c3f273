using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Testing;
using Snapshooter;
using Snapshooter.Xunit;

namespace PachUp.Plugins.Pachyderm19To110.Tests;

/// <summary>Every recorded archive of 1.9.12 whose cluster was read out too, rewritten: the whole stream and all that is announced.</summary>
public class RewrittenArchiveTests
{
    public static TheoryData<string, string> Recorded => new()
    {
        { "world", "metadata" },
        { "world", "full" },
        { "open", "metadata" },
        { "stoppedout", "metadata" },
        { "trees", "metadata" },
    };

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task A_recorded_archive_is_rewritten_as_decided(string scenario, string archive)
    {
        var source = RecordedInventory.Of("1.9.12", $"20-source-{scenario}");
        await using var file = File.OpenRead(Recordings.Archive($"1.9.12-{scenario}-{archive}"));

        var rewritten = source.Rewrite(ArchiveReader.ReadAsync(file));

        (await StreamText.OfAsync(rewritten)).MatchSnapshot(SnapshotNameExtension.Create(scenario, archive));
    }

    [Theory]
    [InlineData("world")]
    [InlineData("open")]
    [InlineData("stoppedout")]
    [InlineData("trees")]
    public void Everything_that_changes_is_announced(string scenario)
    {
        var changes = RecordedInventory.Of("1.9.12", $"20-source-{scenario}").PredictTarget().Changes;

        string.Join("\n", changes.Select(change => $"{change.Kind} {change.Item.Kind} {change.Item.Name} [{change.Rule}] {change.Item.Detail}: {change.Why}"))
            .MatchSnapshot(SnapshotNameExtension.Create(scenario));
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task Every_operation_has_the_generation_of_the_target(string scenario, string archive)
    {
        var source = RecordedInventory.Of("1.9.12", $"20-source-{scenario}");
        await using var file = File.OpenRead(Recordings.Archive($"1.9.12-{scenario}-{archive}"));

        var operations = await source.Rewrite(ArchiveReader.ReadAsync(file)).ToListAsync();

        Assert.NotEmpty(operations);
        Assert.All(operations, operation => Assert.Equal(OperationGeneration.V1_10, operation.Generation));
    }

    [Fact]
    public async Task Without_an_open_commit_only_commits_get_other_bytes()
    {
        var source = RecordedInventory.Of("1.9.12", "20-source-stoppedout");
        await using var file = File.OpenRead(Recordings.Archive("1.9.12-stoppedout-metadata"));
        await using var again = File.OpenRead(Recordings.Archive("1.9.12-stoppedout-metadata"));

        var sent = await source.Rewrite(ArchiveReader.ReadAsync(file)).ToListAsync();
        var recorded = await ArchiveReader.ReadAsync(again).ToListAsync();

        Assert.Equal(Payloads(recorded), Payloads(sent));
    }

    private static IEnumerable<(OperationKind Kind, string Payload)> Payloads(IEnumerable<Operation> operations) => operations
        .Where(operation => operation.Kind is OperationKind.Repo or OperationKind.Pipeline or OperationKind.Job)
        .Select(operation => (operation.Kind, Convert.ToHexString(operation.Payload.Span)));
}
