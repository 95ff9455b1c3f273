using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Output that people want to keep and the target cannot be given.</summary>
public sealed class OutputsKeptCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "outputs-kept";

    /// <inheritdoc/>
    public string Question => "Can the output of pipelines be kept, if that is chosen?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "Releases before 1.9.6 build no commit of several trees, which is how workers of 1.8 finish output, and none that comes from a "
            + "pipeline's spec; a server that converts operations of 1.7 drops what output comes from. There the target computes output again. "
            + "Output also names the blocks that it lies in, and only a bucket has these: sent as objects it could not be read.",
        WhenPassed = "Output arrives as it is, or to compute it again was chosen.",
        WhenWarned = "The output that is named is computed again by the target. Choose 1.9.6 or later to keep it.",
        WhenRefused = "Content is sent as objects, so output cannot be kept. Give the target a copy of the bucket and say objects=false, or say "
            + "outputs=recompute.",
        Releases = "targets before 1.9.6, sources of 1.7",
        Issues = [3864],
    };

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var recomputed = context.Survey.Foresight.Changes
            .Where(change => change.Item.Kind == ItemKind.Repo && change.Rule == OutputRepos.OutputRepo)
            .Select(change => $"repo {change.Item.Name}: {change.Item.Detail}")
            .ToList();
        var kept = context.Survey.Foresight.Changes.Where(change => change.Kind == ChangeKind.Kept).Select(change => $"repo {change.Item.Name}").ToList();
        return Task.FromResult(context.Options.Outputs == OutputChoice.Recompute ? CheckResult.Passed("Output is computed again, as chosen")
            : context.CarriesObjects && kept.Count > 0 ? CheckResult.Refused(
                "output cannot be kept where content is sent as objects: it names the blocks that it lies in, and the target puts objects into new ones",
                "Give the target a copy of the bucket (same keys) and say --set objects=false, or have output computed again: --set outputs=recompute.",
                kept)
            : recomputed.Count == 0 ? CheckResult.Passed("All output is carried as it is")
            : CheckResult.Warning(
                $"{context.TargetRelease} cannot be given the output of pipelines from {context.Survey.Source.Release}, so it computes it again",
                "Choose 1.9.6 or later as the target to keep the output of a 1.8; accept this warning to have it computed again.",
                recomputed));
    }
}
