using PachUp.Engine.Steps.Failing;
using PachUp.Sdk;

namespace PachUp.Engine.Steps.Binding;

/// <summary>A step that is the current <see cref="PluginActivity"/> while it runs.</summary>
internal sealed class WatchedStep(IBoundStep step, PluginActivity activity, string what) : IBoundStep
{
    public bool IsRevertible => step.IsRevertible;

    public Task<StepPreview> PreviewAsync(object arguments, IStepContext context, CancellationToken cancellationToken) =>
        step.PreviewAsync(arguments, context, cancellationToken);

    public Task<StepResult> ExecuteAsync(object arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        activity.DuringAsync(what, () => step.ExecuteAsync(arguments, execution, cancellationToken));

    public Task<StepResult> RevertAsync(object arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        activity.DuringAsync(what, () => step.RevertAsync(arguments, execution, cancellationToken));

    public string DescribeRollback(object arguments, IStepExecution execution) => step.DescribeRollback(arguments, execution);
}
