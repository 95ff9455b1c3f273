using PachUp.Sdk;

namespace PachUp.Engine.Steps.Binding;

/// <summary>A step whose arguments are changed before every call.</summary>
internal sealed class StepWithArguments(IBoundStep step, Func<object, object> change) : IBoundStep
{
    public bool IsRevertible => step.IsRevertible;

    public Task<StepPreview> PreviewAsync(object arguments, IStepContext context, CancellationToken cancellationToken) =>
        step.PreviewAsync(change(arguments), context, cancellationToken);

    public Task<StepResult> ExecuteAsync(object arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        step.ExecuteAsync(change(arguments), execution, cancellationToken);

    public Task<StepResult> RevertAsync(object arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        step.RevertAsync(change(arguments), execution, cancellationToken);

    public string DescribeRollback(object arguments, IStepExecution execution) => step.DescribeRollback(change(arguments), execution);
}
