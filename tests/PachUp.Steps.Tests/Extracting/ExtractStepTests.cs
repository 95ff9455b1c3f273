using PachUp.Pachyderm.Archives;
using PachUp.Sdk;
using PachUp.Steps.Extracting;
using PachUp.Steps.Pausing;
using PachUp.Testing;
using PachUp.Verification.Files;
using PachUp.Verification.Records;

namespace PachUp.Steps.Tests.Extracting;

public class ExtractStepTests
{
    private static readonly ExtractStep Step = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_preview_says_is_written_and_nothing_else(bool exposesObjects)
    {
        await using var bench = await StepBench.StartAsync(exposesObjects: exposesObjects);
        var arguments = new ExtractStep.Arguments { To = bench.Archive, Objects = exposesObjects };

        var preview = await Step.PreviewAsync(arguments, bench.Execution);
        await Step.ExecuteAsync(arguments, bench.Execution);

        var announced = preview.Effects.Select(effect => effect.Thing.Replace("archive ", "", StringComparison.Ordinal)).Order();
        var folder = Path.GetDirectoryName(bench.Archive)!;
        Assert.Equal(announced, Directory.EnumerateFiles(folder).Order());
        Assert.Equal(exposesObjects ? 5 : 3, announced.Count());
    }

    [Theory]
    [InlineData(0, 0, 4, null, 4, 9, "operations")]
    [InlineData(2, 900, 0, null, 900, null, "bytes")]
    [InlineData(0, 900, 0, 3, 900, null, "bytes")]
    [InlineData(2, 900, 0, 3, 2, 3, "objects")]
    [InlineData(3, 900, 4, 3, 4, 9, "operations")]
    [InlineData(0, 0, 12, null, 12, 12, "operations")]
    public void The_progress_has_a_total_except_for_objects_that_were_not_listed(
        int objects, int bytes, int pipelines, int? listed, int done, int? total, string unit)
    {
        var summary = new ArchiveSummary { Operations = 99, Objects = objects, ObjectBytes = bytes, Pipelines = pipelines };

        var progress = ExtractStep.ProgressOf(summary, listed, metadata: 9);

        Assert.Equal(new StepProgress("extracting", done, total, unit), progress);
    }

    [Fact]
    public async Task The_progress_counts_the_repos_of_the_source()
    {
        await using var bench = await StepBench.StartAsync();

        await Step.ExecuteAsync(new ExtractStep.Arguments { To = bench.Archive }, bench.Execution);

        var repos = bench.Execution.Survey.Source.Repos.Length;
        var listed = bench.Execution.Reports.Where(report => report.Text == "listing the cluster").ToList();
        var once = Enumerable.Range(0, repos + 1).Select(done => new StepProgress("listing the cluster", done, repos, "repos")).ToList();
        Assert.Equal([.. once, .. once], listed);
    }

    [Fact]
    public async Task The_archive_fits_its_manifest_and_holds_what_the_server_extracts()
    {
        await using var bench = await StepBench.StartAsync();

        var result = await Step.ExecuteAsync(new ExtractStep.Arguments { To = bench.Archive, Objects = true }, bench.Execution);

        var report = await ArchiveInspection.VerifyAsync(bench.Archive);
        // The output repo of a stopped pipeline is in the extract of these releases, with its open commit.
        Assert.Equal((2L, 2L, 3L), (report.Summary.Repos, report.Summary.Pipelines, report.Summary.Commits));
        Assert.Equal((bench.Archive, report.Sha256), (result.Outputs[OutputNames.Archive], result.Outputs["sha256"]));
    }

    [Fact]
    public async Task The_run_keeps_what_the_source_held_with_its_pipelines_as_they_were_before_they_were_paused()
    {
        await using var bench = await StepBench.StartAsync();
        await new PauseStep().ExecuteAsync(new PauseStep.Arguments(), bench.Execution);

        await Step.ExecuteAsync(new ExtractStep.Arguments { To = bench.Archive }, bench.Execution);

        var kept = await Pachyderm.Inventories.InventoryFile.ReadAsync(Path.Combine(bench.RunDirectory, RecordFiles.ExtractedSource));
        Assert.Equal([("edges", false), ("halted", true)], kept.Pipelines.Select(pipeline => (pipeline.Name, pipeline.Stopped)));
    }

    [Fact]
    public async Task Doing_it_twice_in_one_run_writes_the_archive_of_the_run_again()
    {
        await using var bench = await StepBench.StartAsync();
        var arguments = new ExtractStep.Arguments { To = bench.Archive };
        var first = await Step.ExecuteAsync(arguments, bench.Execution);

        var second = await Step.ExecuteAsync(arguments, bench.Execution);

        Assert.Equal(first.Outputs["sha256"], second.Outputs["sha256"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".manifest.json")]
    [InlineData(".inventory.json")]
    public async Task A_file_that_this_run_did_not_write_is_never_written_over(string suffix)
    {
        await using var bench = await StepBench.StartAsync();
        var taken = bench.Archive + suffix;
        File.WriteAllText(taken, "somebody's backup");

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(new ExtractStep.Arguments { To = bench.Archive }, bench.Execution));

        Assert.Equal(FailureKind.Refused, refusal.Kind);
        Assert.Equal($"a file \"{taken}\" exists already, and this run did not write it", refusal.Message);
        Assert.Equal("somebody's backup", File.ReadAllText(taken));
    }

    [Fact]
    public async Task A_link_in_the_place_of_the_archive_is_not_followed()
    {
        await using var bench = await StepBench.StartAsync();
        File.CreateSymbolicLink(bench.Archive, bench.Archive + "-elsewhere");

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(new ExtractStep.Arguments { To = bench.Archive }, bench.Execution));

        Assert.Equal($"a link \"{bench.Archive}\" exists already, and this run did not write it", refusal.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task A_number_of_attempts_out_of_range_is_refused(int attempts)
    {
        var arguments = new ExtractStep.Arguments { To = "a.pachx", Attempts = attempts };

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(arguments, StandInExecution.Of(Clusters.Of())));

        Assert.Equal((FailureKind.Refused, $"\"attempts\" is {attempts}"), (refusal.Kind, refusal.Message));
    }

    [Fact]
    public async Task A_source_that_changes_meanwhile_is_extracted_again()
    {
        await using var bench = await StepBench.StartAsync();
        var execution = WritingOnce(bench);

        await Step.ExecuteAsync(new ExtractStep.Arguments { To = bench.Archive }, execution);

        Assert.Contains(execution.Said, text => text.StartsWith("the source changed during the extract (", StringComparison.Ordinal) && text.EndsWith("extracting again, attempt 2 of 3", StringComparison.Ordinal));
        Assert.Equal(4, (await ArchiveInspection.VerifyAsync(bench.Archive)).Summary.Commits);
    }

    [Fact]
    public async Task A_source_that_changes_during_the_last_attempt_leaves_no_archive()
    {
        await using var bench = await StepBench.StartAsync();

        var failure = await Assert.ThrowsAsync<StepFailedException>(
            () => Step.ExecuteAsync(new ExtractStep.Arguments { To = bench.Archive, Attempts = 1 }, WritingOnce(bench)));

        Assert.StartsWith("the source changed during each of 1 extract; changes during the last one: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("branch images@master changed", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(bench.Archive));
    }

    [Fact]
    public async Task Another_cluster_at_the_address_is_not_extracted()
    {
        await using var bench = await StepBench.StartAsync();
        var survey = bench.Execution.Survey;
        var execution = bench.Execution with { Survey = survey with { Source = survey.Source with { ClusterId = "the-old-one" } } };

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(new ExtractStep.Arguments { To = bench.Archive }, execution));

        Assert.Contains("the plan was made for the-old-one", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(bench.Archive));
    }

    [Fact]
    public async Task What_would_be_left_out_and_was_not_shown_stops_the_run()
    {
        await using var bench = await StepBench.StartAsync();
        await StepBench.ChangeAsync(bench.Source, client => client.StartCommitAsync("images", "master"));

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(new ExtractStep.Arguments { To = bench.Archive }, bench.Execution));

        Assert.Equal(FailureKind.Refused, refusal.Kind);
        Assert.StartsWith("the source has changed since the plan was made, and these would not arrive unchanged: commit images@", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fingerprints_of_the_branch_heads_are_taken_where_the_plan_asks_for_them()
    {
        await using var bench = await StepBench.StartAsync();
        var arguments = new ExtractStep.Arguments { To = bench.Archive, Fingerprints = DeepScope.Heads };
        var preview = await Step.PreviewAsync(arguments, bench.Execution);

        await Step.ExecuteAsync(arguments, bench.Execution);

        Assert.Contains("Reads every file of 1 commit from beginning to end, and keeps its hash.", preview.Notes);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(bench.RunDirectory, RecordFiles.SourceFiles)));
    }

    [Fact]
    public void A_rollback_leaves_the_archive_as_a_backup()
    {
        var text = Step.DescribeRollback(new ExtractStep.Arguments { To = "/backups/a.pachx" }, StandInExecution.Of(Clusters.Of()));

        Assert.Equal("Nothing to undo: this step only read. The archive \"/backups/a.pachx\" is not deleted; it is a backup.", text);
    }

    [Fact]
    public void A_rehearsal_has_the_archive_in_its_own_directory()
    {
        var moved = (IWritesFiles)new ExtractStep.Arguments { To = "/backups/a.pachx" };

        Assert.Equal("/rehearsal/a.pachx", ((ExtractStep.Arguments)moved.Within("/rehearsal")).To);
    }

    /// <summary>A client writes to the source while it is extracted for the first time.</summary>
    private static StandInExecution WritingOnce(StepBench bench)
    {
        var hasWritten = false;
        return bench.Execution with
        {
            OnProgress = news =>
            {
                if (news.Text == "extracting" && !hasWritten)
                {
                    hasWritten = true;
                    StepBench.ChangeAsync(bench.Source, client => client.CommitFileAsync("images", "master", "/3.png", "three")).GetAwaiter().GetResult();
                }
            },
        };
    }
}
