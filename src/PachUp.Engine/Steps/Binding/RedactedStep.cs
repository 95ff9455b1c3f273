using PachUp.Engine.Steps.Failing;
using PachUp.Sdk;

namespace PachUp.Engine.Steps.Binding;

/// <summary>A step whose results and failures contain no secrets.</summary>
internal sealed class RedactedStep(IBoundStep step, Redaction redaction) : IBoundStep
{
    public bool IsRevertible => step.IsRevertible;

    public Task<StepPreview> PreviewAsync(object arguments, IStepContext context, CancellationToken cancellationToken) =>
        redaction.GuardAsync(async () => redaction.Apply(await step.PreviewAsync(arguments, context, cancellationToken)));

    public Task<StepResult> ExecuteAsync(object arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        redaction.GuardAsync(async () => redaction.Apply(await step.ExecuteAsync(arguments, execution, cancellationToken)));

    public Task<StepResult> RevertAsync(object arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        redaction.GuardAsync(async () => redaction.Apply(await step.RevertAsync(arguments, execution, cancellationToken)));

    public string DescribeRollback(object arguments, IStepExecution execution) => redaction.Apply(step.DescribeRollback(arguments, execution));
}
