using PachUp.Engine.Planning;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Engine.Tests.Planning;
using PachUp.Sdk;
using PachUp.Testing;
using PachUp.Verification.Records;

namespace PachUp.Engine.Tests.Runs.Records;

/// <summary>A run keeps its plan and goes on with exactly that, on exactly the clusters that it began with.</summary>
public sealed class RunRecordTests(PlannerBench bench) : IClassFixture<PlannerBench>, IDisposable
{
    private const string Steps = """
        steps:
          - { id: remove, uses: test/removing }
          - { id: fill, uses: test/filling, with: { text: "${parameters.color}" } }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_written_is_read_back_as_the_same_plan()
    {
        await using var begun = await BeginAsync();

        await using var plan = await ReadToResumeAsync();

        Assert.Equal(begun.Preview.Hash, plan.Preview.Hash);
        Assert.Equal(begun.RequireContext().Survey.Source.CountCommits(), plan.RequireContext().Survey.Source.CountCommits());
        Assert.Equal(bench.Source.Address.ToString(), plan.Document.Overrides.Source);
        Assert.Equal(bench.Target.Address.ToString(), plan.Document.Overrides.Target);
    }

    [Fact]
    public async Task A_plan_file_that_was_changed_does_not_go_on()
    {
        await using var begun = await BeginAsync();
        File.WriteAllText(Run.File(RunFiles.PlanCopy), File.ReadAllText(Run.File(RunFiles.PlanCopy)).Replace("green", "red", StringComparison.Ordinal));

        var refusal = await Assert.ThrowsAsync<RunChangedException>(ReadToResumeAsync);

        Assert.Equal(["plan (SHA-256)", "parameter color"], refusal.Differences.Select(difference => difference.What));
    }

    [Fact]
    public async Task Another_cluster_at_the_address_of_the_source_does_not_go_on()
    {
        await using var begun = await BeginAsync();
        WritePreview(begun.Preview with { Source = begun.Preview.Source with { ClusterId = "another" } });

        var refusal = await Assert.ThrowsAsync<RunChangedException>(ReadToResumeAsync);

        Assert.Equal(
            new RunDifference($"source at {bench.Source.Address}", "cluster another", $"cluster {begun.Preview.Source.ClusterId}"),
            Assert.Single(refusal.Differences));
    }

    [Fact]
    public async Task Another_cluster_at_the_address_of_a_target_that_was_filled_does_not_go_on()
    {
        await using var begun = await BeginAsync();
        Journaled(journal => journal.AppendDone("fill", new StepResult("Filled") { Outputs = NamedValues.Of((OutputNames.Cluster, "another")) }));

        var refusal = await Assert.ThrowsAsync<RunChangedException>(ReadToResumeAsync);

        Assert.Equal($"target at {bench.Target.Address}", Assert.Single(refusal.Differences).What);
    }

    [Fact]
    public async Task A_target_may_be_another_one_until_it_was_filled()
    {
        await using var begun = await BeginAsync();
        WritePreview(begun.Preview with { Target = begun.Preview.Target with { ClusterId = "another" } });

        await using var plan = await ReadToResumeAsync();

        Assert.Equal("another", plan.Preview.Target.ClusterId);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_not_another_one()
    {
        await using var begun = await BeginAsync();
        var nowhere = RunRecord.ReadOverrides(Run) with { Source = "127.0.0.1:1" };
        Common.Files.JsonFile.Write(Run.File("overrides.json"), nowhere);

        var refusal = await Assert.ThrowsAsync<RunChangedException>(ReadToResumeAsync);

        // The address that was changed by hand is a difference; the cluster, which nobody could ask, is none.
        Assert.Equal("what the command line changed in the plan (SHA-256)", Assert.Single(refusal.Differences).What);
    }

    [Fact]
    public async Task Going_back_asks_the_source_alone()
    {
        await using var begun = await BeginAsync();
        Journaled(journal => journal.AppendDone("fill", new StepResult("Filled") { Outputs = NamedValues.Of((OutputNames.Cluster, "another")) }));

        await using var plan = await RunRecord.ReadToRollBackAsync(Run, RequestToGoOn(), CancellationToken.None);

        Assert.Equal(begun.Preview.Hash, plan.Preview.Hash);
    }

    [Fact]
    public async Task Looking_again_at_the_target_asks_no_cluster_at_all()
    {
        await using var begun = await BeginAsync();
        WritePreview(begun.Preview with { Source = begun.Preview.Source with { ClusterId = "another" } });

        await using var plan = await RunRecord.ReadToVerifyAsync(Run, RequestToGoOn(), CancellationToken.None);

        Assert.Equal("another", plan.Preview.Source.ClusterId);
    }

    [Fact]
    public async Task A_run_goes_on_only_where_a_plugin_still_offers_its_way()
    {
        await using var begun = await BeginAsync();
        var request = RequestToGoOn();

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => RunRecord.ReadToResumeAsync(
            Run, request with { Catalogue = request.Catalogue with { Routes = [] } }, CancellationToken.None));

        Assert.Equal("no plugin offers the way from 1.8 to 1.9 any more", refusal.Message);
    }

    [Theory]
    [InlineData(RunFiles.Preview)]
    [InlineData("overrides.json")]
    public async Task A_run_without_one_of_its_files_says_which(string file)
    {
        await using var begun = await BeginAsync();
        File.Delete(Run.File(file));

        var damage = await Assert.ThrowsAsync<FormatException>(ReadToResumeAsync);

        Assert.Equal($"run the-run cannot go on: its file \"{Run.File(file)}\" is missing", damage.Message);
    }

    [Fact]
    public async Task The_survey_that_the_plan_was_made_from_is_kept()
    {
        await using var begun = await BeginAsync();

        Assert.True(File.Exists(Run.File(RecordFiles.SurveyedSource)));
    }

    private RunDirectory Run => new("the-run", _folder.Path);

    private async Task<PlannedMigration> BeginAsync()
    {
        var plan = await PlannerBench.PlanAsync(PlannerBench.RequestFor(PlannerBench.Read(bench.Overrides, Steps)));
        await RunRecord.WriteAsync(Run, plan, CancellationToken.None);
        return plan;
    }

    private Task<PlannedMigration> ReadToResumeAsync() => RunRecord.ReadToResumeAsync(Run, RequestToGoOn(), CancellationToken.None);

    /// <summary>What the tool makes of a run's directory.</summary>
    private PlanRequest RequestToGoOn()
    {
        var loader = new PlanLoader { Steps = PlannerBench.Steps.Catalogue, Platforms = ["external"], Environment = _ => null };
        return PlannerBench.RequestFor(loader.LoadFile(Run.File(RunFiles.PlanCopy), RunRecord.ReadOverrides(Run)));
    }

    private void WritePreview(PlanPreview preview) => Common.Files.JsonFile.Write(Run.File(RunFiles.Preview), preview);

    private void Journaled(Action<Journal> write)
    {
        using var journal = Journal.Open(Run.File(RunFiles.Journal), TimeProvider.System);
        write(journal);
    }
}
