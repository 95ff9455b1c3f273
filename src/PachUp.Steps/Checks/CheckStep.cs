using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Sdk;
using PachUp.Verification;

namespace PachUp.Steps.Checks;

/// <summary>
/// <c>pachyderm/check</c>: asks every check again, right before anything changes. The cluster may have changed since the plan was made.
/// </summary>
internal sealed class CheckStep : IStep<CheckStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments : IAcceptsChecks
    {
        /// <summary>The names of the checks whose warnings are accepted. A refusal cannot be accepted, except that of "headers-footers".</summary>
        public ImmutableArray<string> Accept { get; init; } = [];
    }

    public string Name => "pachyderm/check";

    public string Summary => "Runs every check again, right before anything changes.";

    public StepTraits Traits { get; } = new() { IsSafeInRehearsal = true };

    public Task<StepPreview> PreviewAsync(Arguments arguments, IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new StepPreview("Runs every check again and stops if one refuses; changes nothing"));

    public string DescribeRollback(Arguments arguments, IStepExecution execution) => "Nothing to undo: this step changed nothing.";

    public async Task<StepResult> ExecuteAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var target = execution.IsInPlace ? null : await TargetStates.LookAsync(execution.Target, cancellationToken);
        var now = new ContextWithSurvey(execution, execution.Survey with { Target = target });
        var warnings = 0;
        var refusals = new List<(string Check, CheckResult Result)>();
        foreach (var check in now.Checks)
        {
            var result = await check.AskAsync(now, cancellationToken);
            var outcome = (arguments.Accept.Contains(check.Name) ? result.WhenAccepted() ?? result : result).Outcome;
            warnings += outcome == CheckOutcome.Warning ? 1 : 0;
            if (outcome == CheckOutcome.Refused)
            {
                refusals.Add((check.Name, result));
            }
        }

        ThrowIfRefused(refusals);
        return new StepResult($"{Words.Count(now.Checks.Length, "check")} run, {Words.Count(warnings, "warning")}, none refused");
    }

    private static void ThrowIfRefused(List<(string Check, CheckResult Result)> refusals)
    {
        if (refusals.Count > 0)
        {
            throw StepFailedException.Refused(
                string.Join("; ", refusals.Select(refusal => $"{refusal.Check}: {refusal.Result.Found}")),
                string.Join(" ", refusals.Select(refusal => refusal.Result.Remedy).Distinct()));
        }
    }
}
