using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>Resources of the process: descriptors, limits, disks. A missing resource is reported and never hides the result of a run.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly string[] Apply = ["apply", Tool.Plan, "--sandbox", "--yes"];

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("exec 2>&-", true)]
    [InlineData("exec 0<&- 2>&-", true)]
    [InlineData("exec 0<&- 1>&- 2>&-", false)]
    [InlineData("exec 2>/dev/full", true)]
    public async Task A_run_does_not_need_standard_descriptors(string preparation, bool canAnswer)
    {
        var outcome = await _tool.RunInShellAsync(preparation, Apply);

        outcome.Expect(0);
        Assert.Equal(canAnswer, outcome.Answer.Contains("Arrived: repos 33 of 33", StringComparison.Ordinal));
        (await _tool.RunAsync("runs", "list")).Expect(0).Answers("done");
    }

    [Fact]
    public async Task A_successful_run_that_cannot_print_its_result_reports_success()
    {
        var outcome = await _tool.RunInShellAsync("exec 1>/dev/full", [.. Apply, "--output", "json"]);

        outcome.Expect(8).Says("the answer could not be written completely to standard output: No space left on device").Says("succeeded: all 11 steps are done on both clusters");
    }

    [Fact]
    public async Task A_plan_that_cannot_be_printed_is_not_started()
    {
        var outcome = await _tool.RunInShellAsync("exec 1>/dev/full", Apply);

        outcome.Expect(1).Says("the plan could not be written to standard output, so nothing was started").Says("Neither cluster was changed.");
        Assert.False(Directory.Exists(Path.Combine(_tool.WorkingDirectory, ".pachup")));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("--version")]
    [InlineData("runs", "list", "--output", "json")]
    public async Task An_answer_that_cannot_be_printed_has_an_exit_code_of_its_own(params string[] command) =>
        (await _tool.RunInShellAsync("exec 1>/dev/full", command)).Expect(8).Says("the answer could not be written completely to standard output");

    [Fact]
    public async Task A_reader_that_ends_early_does_not_stop_the_run_and_standard_error_and_the_log_say_how_it_ended()
    {
        var log = Path.Combine(_tool.WorkingDirectory, "run.log");

        var outcome = await _tool.RunInShellAsync("set -o pipefail; exec > >(head -1)", [.. Apply, "--log-file", log]);

        outcome.Expect(0).Says("the program that read standard output ended before the end of the run. Run ").Says("succeeded: all 11 steps are done on both clusters");
        Assert.Contains("succeeded: all 11 steps are done on both clusters", await File.ReadAllTextAsync(log), StringComparison.Ordinal);
        (await _tool.RunAsync("runs", "list")).Expect(0).Answers("done");
    }

    [Fact]
    public async Task The_version_comes_with_the_commit_and_its_date() =>
        Assert.Matches(@"^pachup \d+\.\d+\.\d+\S* \([0-9a-f]{7}, \d{4}-\d\d-\d\d\)\n$", (await _tool.RunAsync("--version")).Expect(0).Answer);

    [Fact]
    public async Task A_too_low_limit_of_open_files_is_reported_before_the_run()
    {
        var outcome = await _tool.RunInShellAsync("ulimit -n 64", Apply);

        outcome.Expect(1).Says("PachUp needs to open 512 files, and this process may open 64. Nothing was changed.").Says("ulimit -n 4096");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_tool.WorkingDirectory));
    }

    [Fact]
    public async Task The_least_number_of_open_files_is_enough() =>
        (await _tool.RunInShellAsync("ulimit -n 512", Apply)).Expect(0).Answers("Arrived: repos 33 of 33");

    [Fact]
    public async Task A_state_directory_removed_during_the_run_is_reported_with_the_finished_steps()
    {
        await using var clusters = await ClusterPair.StartAsync(shareBucket: false);
        await using var target = await CallProxy.StartAsync(clusters.Target.Address);
        var state = Path.Combine(_tool.WorkingDirectory, ".pachup");
        target.Passing = call =>
        {
            if (call.Method == "/admin.API/Restore" && Directory.Exists(state))
            {
                Directory.Delete(state, recursive: true);
            }
        };

        var outcome = await _tool.RunAsync(
            "apply", Tool.Plan, "--source", clusters.Source.Address.ToString(), "--target", target.Address.ToString(), "--set", "objects=true", "--yes");

        outcome.Expect(1).Says("was removed during the run").Says("The run can be neither resumed nor rolled back");
        outcome.Says("Finished steps: check (").Says("pause (Stopped 27 pipelines)").Says($"Check the source ({clusters.Source.Address}) and the target ({target.Address})");
        outcome.Says("The step \"restore\" may be half done");
        Assert.DoesNotContain("--resume", outcome.Talk, StringComparison.Ordinal);
        Assert.DoesNotContain("All files of this run are in", outcome.Answer, StringComparison.Ordinal);
    }
}
