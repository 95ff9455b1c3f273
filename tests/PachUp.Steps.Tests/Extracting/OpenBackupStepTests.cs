using PachUp.Sdk;
using PachUp.Steps.Extracting;
using PachUp.Testing;
using PachUp.Verification.Records;

namespace PachUp.Steps.Tests.Extracting;

public sealed class OpenBackupStepTests : IAsyncLifetime, IDisposable
{
    private static readonly OpenBackupStep Step = new();

    private readonly TemporaryFolder _run = new();
    private StepBench _bench = null!;

    private OpenBackupStep.Arguments Arguments => new() { From = _bench.Archive };

    private StandInExecution Execution => StandInExecution.Of(Clusters.Of()) with { Purpose = PlanPurpose.Restore, RunDirectory = _run.Path };

    public async Task InitializeAsync()
    {
        _bench = await StepBench.StartAsync();
        await new ExtractStep().ExecuteAsync(new ExtractStep.Arguments { To = _bench.Archive, Objects = true }, _bench.Execution);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task The_preview_says_what_the_backup_holds()
    {
        var preview = await Step.PreviewAsync(Arguments, Execution);

        Assert.StartsWith("It contains 2 repos, 2 pipelines, 3 commits and ", Assert.Single(preview.Notes), StringComparison.Ordinal);
        Assert.Empty(preview.Effects);
    }

    [Fact]
    public async Task What_lies_beside_the_archive_is_brought_into_the_run()
    {
        var result = await Step.ExecuteAsync(Arguments, Execution);

        Assert.StartsWith("The backup is complete: ", result.Summary, StringComparison.Ordinal);
        Assert.Equal([RecordFiles.ExtractedSource, RecordFiles.SourceObjects, RecordFiles.SourceTags], _run.FileNames);
    }

    [Fact]
    public async Task Doing_it_twice_is_harmless()
    {
        await Step.ExecuteAsync(Arguments, Execution);

        Assert.Equal((await Step.ExecuteAsync(Arguments, Execution)).Summary, (await Step.ExecuteAsync(Arguments, Execution)).Summary);
    }

    [Fact]
    public async Task A_backup_with_one_byte_changed_is_not_restored()
    {
        var content = File.ReadAllBytes(_bench.Archive);
        content[content.Length / 2] ^= 1;
        File.WriteAllBytes(_bench.Archive, content);

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(Arguments, Execution));

        Assert.StartsWith($"the backup \"{_bench.Archive}\" cannot be restored: ", failure.Message, StringComparison.Ordinal);
        Assert.Equal("Nothing was sent. Use another backup.", failure.Remedy);
    }

    [Fact]
    public async Task A_backup_that_lacks_a_file_is_not_restored()
    {
        File.Delete(_bench.Archive + ".tags");

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(Arguments, Execution));

        Assert.Contains(".tags", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => Step.PreviewAsync(new OpenBackupStep.Arguments { From = "/no/such" }, Execution));

        Assert.Equal((FailureKind.Refused, "the backup \"/no/such\" does not exist"), (refusal.Kind, refusal.Message));
    }

    [Fact]
    public async Task An_archive_alone_is_opened_with_what_it_says_itself_and_the_run_remembers_that()
    {
        var alone = _run.File("alone.pachx");
        File.Copy(_bench.Archive, alone);

        var preview = await Step.PreviewAsync(new OpenBackupStep.Arguments { From = alone }, Execution);
        await Step.ExecuteAsync(new OpenBackupStep.Arguments { From = alone }, Execution);

        Assert.Contains(preview.Notes, note => note.StartsWith("There are no files beside the archive", StringComparison.Ordinal));
        Assert.Contains(RecordFiles.ArchiveAlone, _run.FileNames);
    }

    [Fact]
    public void There_is_nothing_to_undo() => Assert.Equal("Nothing to undo: this step only read the backup.", Step.DescribeRollback(Arguments, Execution));
}
