using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Steps.Restoring;
using PachUp.Verification.Comparing;

namespace PachUp.Steps.Tests.Restoring;

public class TransferStepTests
{
    private static readonly TransferStep Step = new();

    [Fact]
    public async Task What_the_preview_says_is_written_and_arrives()
    {
        await using var bench = await StepBench.StartAsync();

        var preview = await Step.PreviewAsync(ArgumentsOf(bench), bench.Execution);
        var result = await Step.ExecuteAsync(ArgumentsOf(bench), bench.Execution);

        Assert.Equal($"Streams metadata only from {bench.Source.Address} to 1.9.12 at {bench.Target.Address}: 3 repos, 2 pipelines, 2 commits", preview.Summary);
        Assert.Contains($"write archive {bench.Archive}", preview.Does());
        Assert.Equal(2, (await ArchiveInspection.VerifyAsync(bench.Archive)).Summary.Pipelines);
        Assert.False(Verifier.Compare(bench.Execution.Survey.ExpectedTarget, await StepBench.LookAsync(bench.Target)).FoundLoss);
        Assert.Equal(bench.Archive, result.Outputs[OutputNames.Archive]);
    }

    [Fact]
    public async Task The_progress_counts_objects_and_then_metadata_against_what_the_source_listed()
    {
        await using var bench = await StepBench.StartAsync(sharesBucket: false);

        await Step.ExecuteAsync(ArgumentsOf(bench) with { Objects = true }, bench.Execution with { CarriesObjects = true });

        var sent = bench.Execution.Reports.Where(report => report.Text.StartsWith("sending", StringComparison.Ordinal)).ToList();
        var (objects, metadata) = (sent.Where(report => report.Unit == "objects").ToList(), sent.Where(report => report.Unit == "operations").ToList());
        Assert.NotEmpty(objects);
        Assert.All(objects, report => Assert.InRange(report.Done!.Value, 1, report.Total!.Value));
        Assert.Equal(metadata[^1].Total, metadata[^1].Done);
        Assert.Equal((await ArchiveInspection.VerifyAsync(bench.Archive)).Summary is var extract ? extract.Repos + extract.Commits + extract.Branches + extract.Pipelines : 0, metadata[^1].Total);
    }

    [Fact]
    public async Task Doing_it_twice_sends_nothing_again()
    {
        await using var bench = await StepBench.StartAsync();
        await Step.ExecuteAsync(ArgumentsOf(bench), bench.Execution);
        var before = await StepBench.LookAsync(bench.Target);

        await Step.ExecuteAsync(ArgumentsOf(bench), bench.Execution);

        Assert.True(InventoryDifference.Between(before, await StepBench.LookAsync(bench.Target)).IsEmpty);
        Assert.Equal(0, bench.Target.Cluster.RepeatedOperations);
    }

    [Fact]
    public async Task A_source_that_changes_meanwhile_stops_the_run_and_leaves_no_archive()
    {
        await using var bench = await StepBench.StartAsync();
        var hasWritten = false;
        var execution = bench.Execution with
        {
            OnProgress = news =>
            {
                if (news.Unit == "operations" && !hasWritten)
                {
                    hasWritten = true;
                    StepBench.ChangeAsync(bench.Source, client => client.CreateRepoAsync("late")).GetAwaiter().GetResult();
                }
            },
        };

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(ArgumentsOf(bench), execution));

        Assert.Equal("the source changed during the transfer: repo late appeared", failure.Message);
        Assert.False(File.Exists(bench.Archive));
    }

    [Fact]
    public async Task A_file_that_this_run_did_not_write_is_never_written_over()
    {
        await using var bench = await StepBench.StartAsync();
        File.WriteAllText(bench.Archive, "somebody's backup");

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(ArgumentsOf(bench), bench.Execution));

        Assert.Equal(FailureKind.Refused, refusal.Kind);
        Assert.Equal("somebody's backup", File.ReadAllText(bench.Archive));
        Assert.Empty((await StepBench.LookAsync(bench.Target)).Repos);
    }

    [Fact]
    public async Task Undoing_it_stops_the_pipelines_of_the_target()
    {
        await using var bench = await StepBench.StartAsync();
        await Step.ExecuteAsync(ArgumentsOf(bench), bench.Execution);

        await Step.RevertAsync(ArgumentsOf(bench), bench.Execution);

        Assert.Empty(await StepBench.RunningAsync(bench.Target));
        Assert.Equal(["edges"], await StepBench.RunningAsync(bench.Source));
    }

    private static TransferStep.Arguments ArgumentsOf(StepBench bench) => new() { To = bench.Archive };
}
