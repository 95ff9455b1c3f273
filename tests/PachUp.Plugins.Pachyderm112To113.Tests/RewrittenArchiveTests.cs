using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Testing;
using Snapshooter;
using Snapshooter.Xunit;
using File = System.IO.File;

namespace PachUp.Plugins.Pachyderm112To113.Tests;

/// <summary>Every recorded archive of 1.12.5 whose cluster was read out too, rewritten: the whole stream and all that is announced.</summary>
public class RewrittenArchiveTests
{
    public static TheoryData<string, string> Recorded => new()
    {
        { "world", "metadata" },
        { "world", "full" },
        { "stopped", "metadata" },
    };

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task A_recorded_archive_is_rewritten_as_decided(string scenario, string archive)
    {
        var source = RecordedInventory.Of("1.12.5", $"20-source-{scenario}");
        await using var file = File.OpenRead(Recordings.Archive($"1.12.5-{scenario}-{archive}"));

        var rewritten = source.Rewrite(ArchiveReader.ReadAsync(file));

        (await StreamText.OfAsync(rewritten)).MatchSnapshot(SnapshotNameExtension.Create(scenario, archive));
    }

    [Theory]
    [InlineData("world")]
    [InlineData("stopped")]
    public void Everything_that_changes_is_announced(string scenario)
    {
        var changes = RecordedInventory.Of("1.12.5", $"20-source-{scenario}").PredictTarget().Changes;

        string.Join("\n", changes.Select(change => $"{change.Kind} {change.Item.Kind} {change.Item.Name} [{change.Rule}] {change.Item.Detail}: {change.Why}"))
            .MatchSnapshot(SnapshotNameExtension.Create(scenario));
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task Every_operation_has_the_generation_of_the_target(string scenario, string archive)
    {
        var source = RecordedInventory.Of("1.12.5", $"20-source-{scenario}");
        await using var file = File.OpenRead(Recordings.Archive($"1.12.5-{scenario}-{archive}"));

        var operations = await source.Rewrite(ArchiveReader.ReadAsync(file)).ToListAsync();

        Assert.NotEmpty(operations);
        Assert.All(operations, operation => Assert.Equal(OperationGeneration.V1_13, operation.Generation));
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task Commits_get_the_origin_that_they_have_on_the_source(string scenario, string archive)
    {
        var automatic = RecordedInventory.AutomaticCommits("1.12.5", $"20-source-{scenario}");
        await using var file = File.OpenRead(Recordings.Archive($"1.12.5-{scenario}-{archive}"));

        var sent = await RecordedInventory.Of("1.12.5", $"20-source-{scenario}").Rewrite(ArchiveReader.ReadAsync(file))
            .Where(operation => operation.Kind == OperationKind.Commit)
            .Select(operation => operation.AsCommit())
            .Where(commit => commit.Parent.Repo.Name != BranchName.SpecRepo)
            .ToListAsync();

        Assert.NotEmpty(automatic);
        Assert.All(sent, commit => Assert.Equal(automatic.Contains(commit.ID) ? OriginKind.Auto : OriginKind.User, commit.Origin.Kind));
    }

    [Fact]
    public async Task Without_an_open_commit_only_commits_get_other_bytes()
    {
        var source = RecordedInventory.Of("1.12.5", "20-source-stopped");
        await using var file = File.OpenRead(Recordings.Archive("1.12.5-stopped-metadata"));
        await using var again = File.OpenRead(Recordings.Archive("1.12.5-stopped-metadata"));

        var sent = await source.Rewrite(ArchiveReader.ReadAsync(file)).ToListAsync();
        var recorded = await ArchiveReader.ReadAsync(again).ToListAsync();

        Assert.Equal(Payloads(recorded), Payloads(sent));
    }

    private static IEnumerable<(OperationKind Kind, string Payload)> Payloads(IEnumerable<Operation> operations) => operations
        .Where(operation => operation.Kind is OperationKind.Repo or OperationKind.Pipeline or OperationKind.Job)
        .Select(operation => (operation.Kind, Convert.ToHexString(operation.Payload.Span)));
}
