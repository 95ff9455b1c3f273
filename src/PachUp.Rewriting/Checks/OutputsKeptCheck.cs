using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Finds output that the user wants to keep but the target cannot accept.</summary>
public sealed class OutputsKeptCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "outputs-kept";

    /// <inheritdoc/>
    public string Question => "If you chose to keep the output of pipelines: is that possible?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "Releases before 1.9.6 cannot build commits with several trees, as workers of 1.8 make them, nor commits with a pipeline's spec in "
            + "their provenance. A server that converts operations of 1.7 drops the provenance of output. In these cases the target computes "
            + "output again. Output also names the blocks that contain it, and only the bucket has these blocks: if content is sent as objects, "
            + "kept output cannot be read.",
        WhenPassed = "Output arrives unchanged, or you chose to compute it again.",
        WhenWarned = "The target computes the named output again. To keep it, choose 1.9.6 or later.",
        WhenRefused = "Content is sent as objects, so output cannot be kept. Give the target a copy of the bucket and use objects=false, or use "
            + "outputs=recompute.",
        Releases = "targets before 1.9.6, sources of 1.7",
        Issues = [3864],
    };

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var recomputed = context.Survey.ExpectedTarget.Changes
            .Where(change => change.Item.Kind == ItemKind.Repo && change.Rule == OutputRepos.OutputRepo)
            .Select(change => $"repo {change.Item.Name}: {change.Item.Detail}")
            .ToList();
        var kept = context.Survey.ExpectedTarget.Changes.Where(change => change.Kind == ChangeKind.Kept).Select(change => $"repo {change.Item.Name}").ToList();
        return Task.FromResult(context.Options.Outputs == OutputChoice.Recompute ? CheckResult.Passed("The target computes output again, as chosen")
            : context.CarriesObjects && kept.Count > 0 ? CheckResult.Refused(
                "output cannot be kept if content is sent as objects: output names the blocks that contain it, and the target puts objects into new blocks",
                "Give the target a copy of the bucket (same keys) and use --set objects=false, or let the target compute output again: --set "
                    + "outputs=recompute.",
                kept)
            : recomputed.Count == 0 ? CheckResult.Passed("All output is carried unchanged")
            : CheckResult.Warning(
                $"{context.TargetRelease} cannot accept the output of pipelines from {context.Survey.Source.Release}, so it computes the output again",
                "To keep the output of a 1.8, choose 1.9.6 or later as the target. Otherwise accept this warning.",
                recomputed));
    }
}
