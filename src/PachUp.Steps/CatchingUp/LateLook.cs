using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Steps.Checks;
using PachUp.Steps.Extracting;
using PachUp.Verification;
using PachUp.Verification.LateWrites;
using PachUp.Verification.Records;

namespace PachUp.Steps.CatchingUp;

/// <summary>The look at both clusters with which a pass begins. It decides whether there is something to carry, and whether that is possible.</summary>
/// <param name="execution">The step.</param>
internal sealed class LateLook(IStepExecution execution)
{
    private readonly string _extracted = Path.Combine(execution.RunDirectory, RecordFiles.ExtractedSource);

    /// <summary>What was written to the source since the last pass, or since the extract.</summary>
    public LateWriteReport Late { get; private set; } = new() { Time = execution.Time.GetUtcNow() };

    /// <summary>Looks.</summary>
    /// <returns>What the pass decides by; null if nothing has to be carried.</returns>
    /// <exception cref="StepFailedException">A late write cannot be carried. Nothing was sent.</exception>
    public async Task<PassInput?> TakeAsync(CancellationToken cancellationToken)
    {
        var before = File.Exists(_extracted) ? await InventoryFile.ReadAsync(_extracted, cancellationToken) : throw NothingExtracted();
        var now = await SourceState.TakeMetadataAsync(execution, cancellationToken);
        Late = new LateWriteComparison(before, now).Compare(execution.Time.GetUtcNow());
        Late.Write(execution.RunDirectory);
        if (!Late.IsFound)
        {
            return null;
        }

        var input = new PassInput(before, await ReadLateFilesAsync(before, now, cancellationToken), await ReadTargetAsync(cancellationToken), Late);
        await ThrowIfImpossibleAsync(input, cancellationToken);
        return input;
    }

    /// <summary>Reads the files of the late part of the source only: those of everything else were read before.</summary>
    private async Task<ClusterInventory> ReadLateFilesAsync(ClusterInventory before, ClusterInventory now, CancellationToken cancellationToken)
    {
        var source = CarriedSource.Of(before, now, execution.Options.Outputs);
        var options = new InventoryOptions { ProbeFiles = true, FindHeaders = true };
        var late = await InventoryReader.AddAsync(
            execution.Source.Connect(), CarriedSource.LatePartOf(source, Late), options, execution.Progress.OfInventory(), cancellationToken);
        return CarriedSource.WithFiles(source, late, before);
    }

    private Task<ClusterInventory> ReadTargetAsync(CancellationToken cancellationToken) =>
        InventoryReader.ReadAsync(execution.Target.Connect(), InventoryOptions.MetadataOnly, execution.Progress.OfInventory(), cancellationToken);

    private async Task ThrowIfImpossibleAsync(PassInput input, CancellationToken cancellationToken)
    {
        var (before, now) = (PredictFor(input.Before, input), PredictFor(input.Source, input));
        ThrowIfAnotherTarget(input, before);
        Late = new CatchUpObstacles(input, before, now).Find(Late);
        if (Late.Writes.Any(write => write.Obstacle is not null))
        {
            Late.Write(execution.RunDirectory);
            throw StepFailedException.Refused(
                $"these late writes cannot be carried: {Words.FirstOf([.. Late.Writes.Where(write => write.Obstacle is not null).Select(write => $"{write.Name} ({write.Obstacle!.TrimEnd('.')})")])}",
                "Nothing was sent. Settle each of them as it says, then catch up again. The report of the run lists all of them.");
        }

        var refusals = await FindNewRefusalsAsync(input, before, now, cancellationToken);
        if (refusals.Count > 0)
        {
            throw StepFailedException.Refused(
                $"the checks of the plan refuse what was written late: {string.Join("; ", refusals.Select(refusal => refusal.Found))}",
                $"Nothing was sent. {string.Join(" ", refusals.Select(refusal => refusal.Remedy).Distinct())}");
        }
    }

    private ExpectedTarget PredictFor(ClusterInventory source, PassInput input) => execution.Route.PredictTarget(source, input.Target.Release, execution.Options);

    /// <summary>The refusals of the checks of this pair of lines that are about the late writes: those that were there before were accepted.</summary>
    private async Task<IReadOnlyList<CheckResult>> FindNewRefusalsAsync(PassInput input, ExpectedTarget before, ExpectedTarget now, CancellationToken cancellationToken)
    {
        var names = execution.Route.Checks.Select(check => check.Name).ToHashSet(StringComparer.Ordinal);
        var refusals = new List<CheckResult>();
        foreach (var check in execution.Checks.Where(check => names.Contains(check.Name)))
        {
            var result = await check.AskAsync(ContextOf(input.Source, now), cancellationToken);
            if (result.Outcome == CheckOutcome.Refused && (await check.AskAsync(ContextOf(input.Before, before), cancellationToken)).Outcome != CheckOutcome.Refused)
            {
                refusals.Add(result);
            }
        }

        return refusals;
    }

    private ContextWithSurvey ContextOf(ClusterInventory source, ExpectedTarget expected) =>
        new(execution, execution.Survey with { Source = source, ExpectedTarget = expected });

    /// <summary>A target that lacks what arrived before is not the one of this run, or was emptied.</summary>
    private void ThrowIfAnotherTarget(PassInput input, ExpectedTarget before)
    {
        var target = input.Target;
        if (target.Release.Line != execution.TargetRelease.Line || target.ClusterId == input.Before.ClusterId)
        {
            throw StepFailedException.Refused(
                $"the cluster at {execution.Target.Address} is {target.Release} with id {target.ClusterId}, and not the target of this run",
                "Give the address of the target, then catch up again.");
        }

        ImmutableArray<string> missing = [.. before.Inventory.Repos.Select(repo => repo.Name).Where(name => target.FindRepo(name) is null && input.Source.FindRepo(name) is not null)];
        if (!missing.IsEmpty)
        {
            throw StepFailedException.Refused(
                $"the target at {execution.Target.Address} lacks {Words.Count(missing.Length, "repo")} that arrived before: {Words.FirstOf(missing)}",
                "Find out who deleted them. A target that was deployed again needs a new run.");
        }
    }

    private StepFailedException NothingExtracted() => StepFailedException.Refused(
        $"the run has not extracted its source yet (\"{_extracted}\" is missing)", "Resume the run first. A catch-up follows a restore or a transfer.");
}
