using System.Globalization;
using PachUp.Pachyderm;

namespace PachUp.Sdk.Testing.Tests;

/// <summary>Every rule can be broken, and says so with the step, what differed, and what to do.</summary>
public sealed class UnfitPluginTests : IDisposable
{
    private static readonly Cluster Small =
        Cluster.Empty.WithRepo("images").WithCommit("images", "master", "/1.png", "one").WithPipeline("edges", "images");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pachup-unfit-");

    [Fact]
    public Task A_folder_without_a_plugin() =>
        AssertBrokenAsync(PluginConformance.Of("plugins/EmptyPlugin"), ConformanceRules.PluginLoads, "the host refuses", "EmptyPlugin.dll");

    [Fact]
    public Task A_folder_that_is_not_there() => AssertBrokenAsync(PluginConformance.Of("plugins/Nobody"), ConformanceRules.PluginLoads, "Nobody");

    [Fact]
    public Task A_plan_with_a_mistake() => AssertBrokenAsync(PluginWith("no-such-step"), ConformanceRules.PluginLoads, "unfit/no-such-step");

    [Fact]
    public Task A_check_without_a_guide() => AssertBrokenAsync(
        PluginConformance.Of("plugins/UnfitPlugin"), ConformanceRules.OffersAreDescribed, "the Question of the check \"poor\"", "the Guide.Why of the check \"poor\"");

    [Fact]
    public Task A_finding_without_a_remedy_and_a_preview_that_says_nothing() => AssertBrokenAsync(
        PluginWith("leaves-file-in-preview"),
        ConformanceRules.FindingsSayWhatToDo,
        "the check \"poor\" found \"There is something.\", but does not say what to do",
        "its guide says that this never happens",
        "the preview of the step \"it\" (unfit/leaves-file-in-preview) does not say what would happen",
        "an effect in the preview");

    [Fact]
    public Task A_preview_that_writes() => AssertBrokenAsync(
        PluginWith("writes-in-preview"), ConformanceRules.PreviewWritesNothing, "the preview changed a cluster: 1 writing call", "unfit/writes-in-preview", "pachup plan");

    [Fact]
    public Task A_preview_that_leaves_a_file() =>
        AssertBrokenAsync(PluginWith("leaves-file-in-preview"), ConformanceRules.PreviewWritesNothing, "the preview wrote file scratch", "written-by-step");

    [Fact]
    public Task A_step_that_writes_in_a_rehearsal() => AssertBrokenAsync(
        PluginWith("writes-in-rehearsal"),
        ConformanceRules.RehearsalWritesNothing,
        "the rehearsal changed file scratch",
        "written-by-step",
        "unfit/writes-in-rehearsal",
        "Remove IsSafeInRehearsal from its StepTraits");

    [Fact]
    public Task A_step_that_is_another_one_the_second_time() => AssertBrokenAsync(
        PluginWith("appends-each-time"), ConformanceRules.StepsCanBeRepeated, "the step \"it\" was done twice", "there instead: file scratch", "written-by-step");

    [Fact]
    public Task A_step_that_takes_what_it_planned_for_done() => AssertBrokenAsync(
        PluginWith("believes-its-plans"),
        ConformanceRules.InterruptionIsSurvived,
        "the run ended after record 3 (StepCheckpoint it about-to-write)",
        "not there any more: file scratch");

    [Fact]
    public Task A_revert_that_forgets() => AssertBrokenAsync(
        PluginWith("forgets-to-undo"), ConformanceRules.RollbackGivesBack, "after the step \"it\" and was rolled back", "there instead: file scratch", "Undid all of it");

    [Fact]
    public Task A_revert_that_fails() => AssertBrokenAsync(
        PluginWith("cannot-undo"), ConformanceRules.RollbackGivesBack, "rolled back, which failed: the file", "cannot be taken back");

    [Fact]
    public Task A_rewriter_that_loses_a_commit() =>
        AssertBrokenAsync(Migration("1.8", "1.8.7", "1.9.12"), ConformanceRules.NothingIsLost, "the step \"restore\"", "images");

    [Fact]
    public Task A_route_that_leaves_something_out_in_silence() => AssertBrokenAsync(
        Migration("1.7", "1.7.14", "1.8.8"), ConformanceRules.ChangesAreAnnounced, "no AnnouncedChange names them", "repo images");

    [Fact]
    public Task A_rewriter_that_sends_objects_last() => AssertBrokenAsync(
        Migration("1.7", "1.7.14", "1.8.8"), ConformanceRules.RewriterKeepsOrder, "is of kind Object but comes after one of kind Branch");

    [Fact]
    public Task A_rewriter_that_buffers() => AssertBrokenAsync(
        PluginConformance.Of("plugins/UnfitPlugin"), ConformanceRules.RewriterStreams, "the rewriter of 1.7 -> 1.", "it collects operations");

    [Fact]
    public Task A_failure_that_names_nothing() =>
        AssertBrokenAsync(PluginWith("mumbles"), ConformanceRules.FailuresNameThings, "before the step \"it\"", "\"it did not work\"", "It does not name the affected thing");

    [Fact]
    public Task A_failure_that_looks_like_a_mistake_of_the_plugin() =>
        AssertBrokenAsync(PluginWith("crashes"), ConformanceRules.FailuresNameThings, "InvalidOperationException", "this exception counts as a bug in the plugin");

    [Fact]
    public async Task A_rule_that_finds_nothing_to_ask_does_not_pass_in_silence()
    {
        var plugin = PluginConformance.Of("plugins/Acme.Freeze");

        var thrown = await Assert.ThrowsAsync<ConformanceException>(() => plugin.CheckAsync(ConformanceRules.PreviewWritesNothing));

        Assert.Equal(ConformanceOutcome.NotApplicable, thrown.Result.Outcome);
        Assert.Contains("the test names no plan", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("add \"preview-writes-nothing\" to DoesNotApply", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_is_left_out_must_have_nothing_to_ask()
    {
        var plugin = PluginConformance.Of("plugins/Acme.Freeze") with { DoesNotApply = [ConformanceRules.PluginLoads, ConformanceRules.PreviewWritesNothing] };

        await plugin.CheckAsync("preview-writes-nothing (does not apply)");
        var thrown = await Assert.ThrowsAsync<ConformanceException>(() => plugin.CheckAsync("plugin-loads (does not apply)"));

        Assert.Contains("remove \"plugin-loads\" from DoesNotApply", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("preview-writes-nothing (does not apply)", plugin.Rules);
    }

    [Fact]
    public async Task There_is_no_rule_of_another_name()
    {
        var thrown = await Assert.ThrowsAsync<ArgumentException>(() => PluginConformance.Of("plugins/Acme.Freeze").CheckAsync("be-nice"));

        Assert.Contains("\"be-nice\". Valid names: plugin-loads, ", thrown.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task AssertBrokenAsync(PluginConformance plugin, string rule, params string[] said)
    {
        var thrown = await Assert.ThrowsAsync<ConformanceException>(() => plugin.CheckAsync(rule));

        Assert.Equal((rule, ConformanceOutcome.Broken), (thrown.Result.Rule, thrown.Result.Outcome));
        Assert.All(said, text => Assert.Contains(text, thrown.Message, StringComparison.Ordinal));
    }

    /// <summary>A plan with one step of the plugin and nothing else.</summary>
    private PluginConformance PluginWith(string step) => Of("1.8", "1.8.7", "1.9.12", $$"""
          - id: it
            uses: unfit/{{step}}
            with: { file: "${parameters.file}" }
        """) with
    { Set = [$"file={PluginConformance.ScratchFolder}/written-by-step"] };

    /// <summary>A plan that migrates.</summary>
    private PluginConformance Migration(string line, string from, string to) => Of(line, from, to, """
          - id: pause
            uses: pachyderm/pause
          - id: extract
            uses: pachyderm/extract
            with: { objects: true, to: "${run.directory}/source.pachx" }
          - id: restore
            uses: pachyderm/restore
            with: { from: "${run.directory}/source.pachx" }
          - id: verify
            uses: pachyderm/verify
          - id: resume
            uses: pachyderm/resume
            with: { cluster: target }
        """);

    private PluginConformance Of(string line, string from, string to, string steps)
    {
        var plan = Path.Combine(_folder.FullName, "plan.yaml");
        File.WriteAllText(plan, string.Create(CultureInfo.InvariantCulture, $$"""
            apiVersion: pachup/v1
            kind: MigrationPlan
            name: unfit
            from: { line: "{{line}}", atLeast: {{from}} }
            to: { release: {{to}} }
            parameters:
              file: { description: A file that a step may write., default: "" }
            clusters:
              source: { address: "${env.PACHD_ADDRESS}" }
              target: { address: "${env.PACHD_TARGET_ADDRESS}" }
            steps:

            """) + steps);
        return PluginConformance.Of("plugins/UnfitPlugin", plan) with { Source = Small, From = Release.Parse(from) };
    }
}
