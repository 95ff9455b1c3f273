using PachUp.Engine.Runs;
using PachUp.Engine.Verification;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Steps;

/// <summary>
/// <c>pachyderm/verify</c>: compares what the target holds with what the plan announced, item by item, and reads a file of every branch head
/// again: a restore can end well, and fsck find nothing, with not one readable file.
/// </summary>
internal sealed class VerifyStep : IStep<VerifyStep.Arguments>
{
    /// <summary>What the step takes: nothing.</summary>
    public sealed record Arguments;

    public string Name => "pachyderm/verify";

    public string Summary => "Compares what arrived with what was announced, and reads files back.";

    public Task<StepPreview> PreviewAsync(Arguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        var expected = context.Survey.Foresight.Expected;
        return Task.FromResult(new StepPreview(
            $"Expects {Words.Count(expected.Repos.Length, "repo")}, {Words.Count(expected.CountBranches(), "branch")}, "
            + $"{Words.Count(expected.CountCommits(), "commit")}, {Words.Count(expected.Pipelines.Length, "pipeline")}, all objects and tags; "
            + "reads a file of every branch head and compares its bytes"));
    }

    public async Task<StepResult> ExecuteAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var source = await InventoryFile.ReadAsync(Path.Combine(execution.RunDirectory, RunFiles.ExtractedSource), cancellationToken);
        var client = execution.Target.Connect();
        var release = await client.GetReleaseAsync(cancellationToken);
        var foresight = WithHeldBack(execution.Route.Foresee(source, release, execution.Options), HeldBackPipelines.Read(execution));

        var actual = await ReadTargetAsync(client, foresight.Expected, execution, cancellationToken);
        await InventoryFile.WriteAsync(Path.Combine(execution.RunDirectory, RunFiles.Target), actual, cancellationToken);
        var report = await WithObjectsAsync(Verifier.Compare(foresight, actual), client, execution, cancellationToken);
        report = await WithFsckAsync(report, actual.Release, client, execution, cancellationToken);
        JsonFile.Write(Path.Combine(execution.RunDirectory, RunFiles.Verification), report);

        return report.FoundLoss ? throw LossFound(report) : new StepResult($"Nothing is lost: {ArrivalLine.Of(report)}");
    }

    private static async Task<ClusterInventory> ReadTargetAsync(
        PachdClient client, ClusterInventory expected, IStepExecution execution, CancellationToken cancellationToken)
    {
        var progress = new InlineProgress<string>(text => execution.Progress.Report(new StepProgress(text)));
        var actual = await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly, progress, cancellationToken);
        return actual with { Probes = await Verifier.ReadProbesAsync(client, expected.Probes, execution.Progress, cancellationToken) };
    }

    /// <summary>Pipelines that the run itself holds back are stopped at this moment; resume starts them.</summary>
    private static Foresight WithHeldBack(Foresight foresight, IReadOnlyList<string> heldBack) => foresight with
    {
        Expected = foresight.Expected with
        {
            Pipelines =
            [
                .. foresight.Expected.Pipelines.Select(pipeline =>
                    heldBack.Contains(pipeline.Name) ? pipeline with { Stopped = true } : pipeline),
            ],
        },
    };

    private static async Task<VerificationReport> WithObjectsAsync(
        VerificationReport report, PachdClient client, IStepExecution execution, CancellationToken cancellationToken)
    {
        execution.Progress.Report(new StepProgress("comparing objects and tags"));
        var objects = await ObjectListing.CompareObjectsAsync(client, Path.Combine(execution.RunDirectory, RunFiles.SourceObjects), cancellationToken);
        var tags = await ObjectListing.CompareTagsAsync(client, Path.Combine(execution.RunDirectory, RunFiles.SourceTags), cancellationToken);
        return report with
        {
            Counts =
            [
                .. report.Counts.Where(count => count.Kind is not (ItemKind.Object or ItemKind.Tag)),
                new KindCount(ItemKind.Object, objects.Kept, objects.Expected),
                new KindCount(ItemKind.Tag, tags.Kept, tags.Expected),
            ],
        };
    }

    private static async Task<VerificationReport> WithFsckAsync(
        VerificationReport report, Release release, PachdClient client, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (!ReleaseTraits.Of(release).HasSafeFsck)
        {
            return report;
        }

        execution.Progress.Report(new StepProgress("asking the target to check itself (fsck)"));
        var errors = await client.FsckAsync(cancellationToken) ?? [];
        return report with { FsckErrors = [.. errors] };
    }

    private static StepFailedException LossFound(VerificationReport report)
    {
        var missing = report.Lost.Concat(report.Changed).Select(item => $"{item.Kind.ToString().ToLowerInvariant()} {item.Name}").ToList();
        return new StepFailedException(
            $"something is lost: {ArrivalLine.Of(report)}" + (missing.Count > 0 ? $"; missing or different: {Words.FirstOf(missing)}" : ""),
            "Do not use the target. The source, its archive and both inventories are complete; the run's report lists every item.")
        { Kind = FailureKind.LossFound };
    }
}
