using PachUp.Engine.Planning;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Locks;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Engine.Tests.Planning;
using PachUp.Sdk;
using PachUp.Testing;
using PachUp.Verification.Records;

namespace PachUp.Engine.Tests.Runs.Records;

/// <summary>A run stores its plan, and is resumed only with the same plan on the same clusters.</summary>
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
    public async Task A_stored_plan_is_read_as_the_same_plan()
    {
        await using var begun = await BeginAsync();

        await using var plan = await ReadToResumeAsync();

        Assert.Equal(begun.Preview.Hash, plan.Preview.Hash);
        Assert.Equal(begun.RequireContext().Survey.Source.CountCommits(), plan.RequireContext().Survey.Source.CountCommits());
        Assert.Equal(bench.Source.Address.ToString(), plan.Document.Overrides.Source);
        Assert.Equal(bench.Target.Address.ToString(), plan.Document.Overrides.Target);
    }

    [Fact]
    public async Task A_run_with_a_changed_plan_cannot_be_resumed()
    {
        await using var begun = await BeginAsync();
        File.WriteAllText(Run.File(RunFiles.PlanCopy), File.ReadAllText(Run.File(RunFiles.PlanCopy)).Replace("green", "red", StringComparison.Ordinal));

        var refusal = await Assert.ThrowsAsync<RunChangedException>(ReadToResumeAsync);

        Assert.Equal(["plan (SHA-256)", "parameter color"], refusal.Differences.Select(difference => difference.What));
    }

    [Fact]
    public async Task A_run_with_another_source_cluster_cannot_be_resumed()
    {
        await using var begun = await BeginAsync();
        WritePreview(begun.Preview with { Source = begun.Preview.Source with { ClusterId = "another" } });

        var refusal = await Assert.ThrowsAsync<RunChangedException>(ReadToResumeAsync);

        Assert.Equal(
            new RunDifference($"source at {bench.Source.Address}", "cluster another", $"cluster {begun.Preview.Source.ClusterId}"),
            Assert.Single(refusal.Differences));
    }

    [Fact]
    public async Task A_run_with_another_target_cluster_after_the_restore_cannot_be_resumed()
    {
        await using var begun = await BeginAsync();
        Journaled(journal => journal.AppendDone("fill", new StepResult("Filled") { Outputs = NamedValues.Of((OutputNames.Cluster, "another")) }));

        var refusal = await Assert.ThrowsAsync<RunChangedException>(ReadToResumeAsync);

        Assert.Equal($"target at {bench.Target.Address}", Assert.Single(refusal.Differences).What);
    }

    [Fact]
    public async Task The_target_cluster_may_change_before_the_restore()
    {
        await using var begun = await BeginAsync();
        WritePreview(begun.Preview with { Target = begun.Preview.Target with { ClusterId = "another" } });

        await using var plan = await ReadToResumeAsync();

        Assert.Equal("another", plan.Preview.Target.ClusterId);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_not_a_difference()
    {
        await using var begun = await BeginAsync();
        var nowhere = RunRecord.ReadOverrides(Run) with { Source = "127.0.0.1:1" };
        Common.Files.JsonFile.Write(Run.File("overrides.json"), nowhere);

        var refusal = await Assert.ThrowsAsync<RunChangedException>(ReadToResumeAsync);

        // The address that was changed by hand is a difference. The cluster that does not answer is not.
        Assert.Equal("changes from the command line (SHA-256)", Assert.Single(refusal.Differences).What);
    }

    [Fact]
    public async Task A_rollback_asks_only_the_source()
    {
        await using var begun = await BeginAsync();
        Journaled(journal => journal.AppendDone("fill", new StepResult("Filled") { Outputs = NamedValues.Of((OutputNames.Cluster, "another")) }));

        await using var plan = await RunRecord.ReadToRollBackAsync(Run, RequestToGoOn(), CancellationToken.None);

        Assert.Equal(begun.Preview.Hash, plan.Preview.Hash);
    }

    [Fact]
    public async Task Reading_a_run_to_verify_asks_no_cluster()
    {
        await using var begun = await BeginAsync();
        WritePreview(begun.Preview with { Source = begun.Preview.Source with { ClusterId = "another" } });

        await using var plan = await RunRecord.ReadToVerifyAsync(Run, RequestToGoOn(), CancellationToken.None);

        Assert.Equal("another", plan.Preview.Source.ClusterId);
    }

    [Fact]
    public async Task A_run_is_resumed_only_if_a_plugin_still_offers_its_route()
    {
        await using var begun = await BeginAsync();
        var request = RequestToGoOn();

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => RunRecord.ReadToResumeAsync(
            Run, request with { Catalogue = request.Catalogue with { Routes = [] } }, CancellationToken.None));

        Assert.Equal("no installed plugin offers a route from 1.8 to 1.9", refusal.Message);
    }

    [Theory]
    [InlineData(RunFiles.Preview)]
    [InlineData("overrides.json")]
    public async Task A_missing_file_of_a_run_is_named(string file)
    {
        await using var begun = await BeginAsync();
        File.Delete(Run.File(file));

        var damage = await Assert.ThrowsAsync<FormatException>(ReadToResumeAsync);

        Assert.Equal($"run the-run cannot continue: its file \"{Run.File(file)}\" is missing", damage.Message);
    }

    [Fact]
    public async Task The_inventory_of_the_plan_is_stored()
    {
        await using var begun = await BeginAsync();

        Assert.True(File.Exists(Run.File(RecordFiles.SurveyedSource)));
    }

    private RunDirectory Run => new("the-run", _folder.Path);

    private async Task<PlannedMigration> BeginAsync()
    {
        var plan = await PlannerBench.PlanAsync(PlannerBench.RequestFor(PlannerBench.Read(bench.Overrides, Steps)));
        await RunRecord.WriteAsync(Run, plan, forecast: null, new LockOptions(), CancellationToken.None);
        return plan;
    }

    private Task<PlannedMigration> ReadToResumeAsync() => RunRecord.ReadToResumeAsync(Run, RequestToGoOn(), CancellationToken.None);

    /// <summary>The request that the tool creates from the directory of a run.</summary>
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
