using PachUp.Sdk;
using PachUp.Steps.Checks;
using PachUp.Testing;
using static PachUp.Testing.Inventories;

namespace PachUp.Steps.Tests.Checks;

public sealed class ArchiveSpaceCheckTests : IDisposable
{
    private readonly TemporaryFolder _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_small_cluster_fits() =>
        Assert.Equal(CheckOutcome.Passed, (await AskAsync(Commit("a1", size: 100))).Outcome);

    [Fact]
    public async Task More_than_any_disk_has_is_a_warning_with_both_sizes()
    {
        var result = await AskAsync(Commit("a1", size: long.MaxValue / 2));

        Assert.Equal(CheckOutcome.Warning, result.Outcome);
        Assert.Contains("the source holds up to 4096.0 PB", result.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_objects_only_metadata_needs_room() =>
        Assert.Equal(CheckOutcome.Passed, (await AskAsync(Commit("a1", size: long.MaxValue / 2), objects: false)).Outcome);

    [Fact]
    public async Task A_file_that_is_there_is_not_written_over()
    {
        await File.WriteAllTextAsync(Archive, "a backup");

        var result = await AskAsync(Commit("a1"));

        Assert.Equal(CheckOutcome.Refused, result.Outcome);
        Assert.Contains(Archive, result.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_writes_no_archive_needs_no_room() =>
        Assert.Equal(CheckOutcome.Passed, (await new ArchiveSpaceCheck().AskAsync(AskedContext.Of(Of()), CancellationToken.None)).Outcome);

    private string Archive => Path.Combine(_directory.Path, "new", "..", "source.pachx");

    private Task<CheckResult> AskAsync(Pachyderm.Inventories.CommitInventory commit, bool objects = true) => new ArchiveSpaceCheck().AskAsync(
        AskedContext.Of(Of(Repo("images", commit))) with { CarriesObjects = objects, ArchivePath = Archive }, CancellationToken.None);
}
