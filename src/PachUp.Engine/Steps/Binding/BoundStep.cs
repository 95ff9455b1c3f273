using PachUp.Sdk;

namespace PachUp.Engine.Steps.Binding;

/// <summary>The step of a plugin, without a decorator.</summary>
/// <param name="step">The step.</param>
/// <param name="origin">The name of the plugin in messages.</param>
internal sealed class BoundStep<TArguments>(IStep<TArguments> step, string origin) : IBoundStep
    where TArguments : class
{
    private readonly IRevertibleStep<TArguments>? _revertible = step as IRevertibleStep<TArguments>;

    public bool IsRevertible => _revertible is not null;

    public Task<StepPreview> PreviewAsync(object arguments, IStepContext context, CancellationToken cancellationToken) =>
        AnswerOf(step.PreviewAsync((TArguments)arguments, context, cancellationToken));

    public Task<StepResult> ExecuteAsync(object arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        AnswerOf(step.ExecuteAsync((TArguments)arguments, execution, cancellationToken));

    public Task<StepResult> RevertAsync(object arguments, IStepExecution execution, CancellationToken cancellationToken) => _revertible is null
        ? throw new InvalidOperationException($"the step \"{step.Name}\" cannot be undone")
        : AnswerOf(_revertible.RevertAsync((TArguments)arguments, execution, cancellationToken));

    public string DescribeRollback(object arguments, IStepExecution execution) => step.DescribeRollback((TArguments)arguments, execution);

    /// <summary>Refuses a null result: the plugin may be compiled without nullable checks.</summary>
    private async Task<T> AnswerOf<T>(Task<T>? work)
        where T : class =>
        (work is null ? null : await work) ?? throw new StepFailedException(
            $"Internal error in the plugin \"{origin}\": the step \"{step.Name}\" returned no result", "Report this to the author of the plugin. Resume the run with a fixed version of the plugin, or roll it back.");
}
