using PachUp.Sdk;

namespace PachUp.Engine.Steps.Binding;

/// <summary>A step that is only previewed, never executed or undone. A rehearsal uses it for steps that do not declare themselves safe.</summary>
internal sealed class PreviewedStep(IBoundStep step) : IBoundStep
{
    /// <summary>The summary of its result.</summary>
    public const string Summary = "Not rehearsed: the step does not declare that it is safe in a rehearsal";

    public bool IsRevertible => false;

    public Task<StepPreview> PreviewAsync(object arguments, IStepContext context, CancellationToken cancellationToken) =>
        step.PreviewAsync(arguments, context, cancellationToken);

    public Task<StepResult> ExecuteAsync(object arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult(new StepResult(Summary));

    public Task<StepResult> RevertAsync(object arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("a step that was not executed has nothing to undo");

    public string DescribeRollback(object arguments, IStepExecution execution) => "Nothing to undo: the step was not executed.";
}
