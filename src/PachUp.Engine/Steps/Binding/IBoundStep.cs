using PachUp.Sdk;

namespace PachUp.Engine.Steps.Binding;

/// <summary>A step whose arguments are of type object. Decorators change its arguments or its results.</summary>
internal interface IBoundStep
{
    /// <summary>Whether <see cref="RevertAsync"/> may be called.</summary>
    bool IsRevertible { get; }

    Task<StepPreview> PreviewAsync(object arguments, IStepContext context, CancellationToken cancellationToken);

    Task<StepResult> ExecuteAsync(object arguments, IStepExecution execution, CancellationToken cancellationToken);

    Task<StepResult> RevertAsync(object arguments, IStepExecution execution, CancellationToken cancellationToken);

    string DescribeRollback(object arguments, IStepExecution execution);
}
