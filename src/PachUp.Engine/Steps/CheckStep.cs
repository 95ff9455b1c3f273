using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Sdk;

namespace PachUp.Engine.Steps;

/// <summary>
/// <c>pachyderm/check</c>: asks every check once more, right before anything changes. They were asked when the plan was made; a cluster does not
/// stand still while somebody reads.
/// </summary>
internal sealed class CheckStep : IStep<CheckStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments : IAcceptsChecks
    {
        /// <summary>The names of checks whose warnings are accepted beforehand. Of the refusals, those of "headers-footers" alone can be accepted.</summary>
        public ImmutableArray<string> Accept { get; init; } = [];
    }

    public string Name => "pachyderm/check";

    public string Summary => "Asks every check again, right before anything changes.";

    public StepTraits Traits { get; } = new() { IsSafeInRehearsal = true };

    public Task<StepPreview> PreviewAsync(Arguments arguments, IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new StepPreview("Asks every check again and stops at a refusal; nothing is changed"));

    public string DescribeRollback(Arguments arguments, IStepExecution execution) => "Nothing to undo: it only asked.";

    public async Task<StepResult> ExecuteAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var target = execution.IsInPlace ? null : await TargetStates.LookAsync(execution.Target, cancellationToken);
        var now = new ResurveyedContext(execution, execution.Survey with { Target = target });
        var findings = await CheckRunner.AskAllAsync(now, arguments.Accept.ToHashSet(), cancellationToken);
        var refusals = findings.Where(finding => finding.Result.Outcome == CheckOutcome.Refused).ToList();
        if (refusals.Count > 0)
        {
            throw new StepFailedException(
                string.Join("; ", refusals.Select(refusal => $"{refusal.Check}: {refusal.Result.Found}")),
                string.Join(" ", refusals.Select(refusal => refusal.Result.Remedy).Distinct()))
            { Kind = FailureKind.Refused };
        }

        var warnings = findings.Count(finding => finding.Result.Outcome == CheckOutcome.Warning);
        return new StepResult($"{Words.Count(findings.Length, "check")} asked, {Words.Count(warnings, "warning")}, no refusal");
    }
}
