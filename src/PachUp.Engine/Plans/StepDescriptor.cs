using PachUp.Engine.Plans.Arguments;
using PachUp.Engine.Plugins;
using PachUp.Sdk;

namespace PachUp.Engine.Plans;

/// <summary>A kind of step, with the type of its arguments put away: what the engine needs to bind, preview, do and undo it.</summary>
public sealed class StepDescriptor
{
    private readonly Func<object, IStepContext, CancellationToken, Task<StepPreview>> _preview;
    private readonly Func<object, IStepExecution, CancellationToken, Task<StepResult>> _execute;
    private readonly Func<object, IStepExecution, CancellationToken, Task<StepResult>>? _revert;
    private readonly Func<object, IStepExecution, string> _describeRollback;

    private StepDescriptor(
        Func<object, IStepContext, CancellationToken, Task<StepPreview>> preview,
        Func<object, IStepExecution, CancellationToken, Task<StepResult>> execute,
        Func<object, IStepExecution, CancellationToken, Task<StepResult>>? revert,
        Func<object, IStepExecution, string> describeRollback,
        ArgumentShape shape) =>
        (_preview, _execute, _revert, _describeRollback, Shape) = (preview, execute, revert, describeRollback, shape);

    /// <summary>What plans call it: <c>pack/step</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Where it comes from: the file of a plugin, or the words for what is built in.</summary>
    public required string Origin { get; init; }

    /// <summary>The record that <c>with:</c> is bound to.</summary>
    public required Type ArgumentsType { get; init; }

    /// <summary>Whether it can be undone.</summary>
    public bool IsRevertible => _revert is not null;

    internal ArgumentShape Shape { get; }

    private string Activity => $"the step \"{Name}\" of \"{Origin}\"";

    /// <summary>Describes a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="origin">See <see cref="Origin"/>.</param>
    /// <exception cref="ArgumentException">Its arguments cannot be written in a plan; the message says which and why.</exception>
    public static StepDescriptor For<TArguments>(IStep<TArguments> step, string origin)
        where TArguments : class
    {
        var revertible = step as IRevertibleStep<TArguments>;
        return new StepDescriptor(
            (arguments, context, cancellationToken) => AnswerOf(step.PreviewAsync((TArguments)arguments, context, cancellationToken), step.Name, origin),
            (arguments, execution, cancellationToken) => AnswerOf(step.ExecuteAsync((TArguments)arguments, execution, cancellationToken), step.Name, origin),
            revertible is null
                ? null
                : (arguments, execution, cancellationToken) =>
                    AnswerOf(revertible.RevertAsync((TArguments)arguments, execution, cancellationToken), step.Name, origin),
            (arguments, execution) => step.DescribeRollback((TArguments)arguments, execution),
            ArgumentShape.Of(typeof(TArguments)))
        {
            Name = step.Name,
            Summary = step.Summary,
            Origin = origin,
            ArgumentsType = typeof(TArguments),
        };
    }

    /// <summary>Plugins are not always compiled with checks for null.</summary>
    private static async Task<T> AnswerOf<T>(Task<T>? work, string name, string origin)
        where T : class =>
        (work is null ? null : await work) ?? throw new StepFailedException(
            $"the step \"{name}\" of \"{origin}\" ended without saying what it did", "Tell its author. The run can be resumed with a mended plugin, or rolled back.");

    /// <summary>The same step, with arguments that are changed on the way to it.</summary>
    internal StepDescriptor WithArguments(Func<object, object> change) => new(
        (arguments, context, cancellationToken) => _preview(change(arguments), context, cancellationToken),
        (arguments, execution, cancellationToken) => _execute(change(arguments), execution, cancellationToken),
        _revert is null ? null : (arguments, execution, cancellationToken) => _revert(change(arguments), execution, cancellationToken),
        (arguments, execution) => _describeRollback(change(arguments), execution),
        Shape)
    {
        Name = Name,
        Summary = Summary,
        Origin = Origin,
        ArgumentsType = ArgumentsType,
    };

    /// <summary>The same step, which says nothing that is secret.</summary>
    internal StepDescriptor Redacting(Redaction redaction) => new(
        (arguments, context, cancellationToken) =>
            redaction.GuardAsync(async () => redaction.Apply(await _preview(arguments, context, cancellationToken))),
        (arguments, execution, cancellationToken) =>
            redaction.GuardAsync(async () => redaction.Apply(await _execute(arguments, execution, cancellationToken))),
        _revert is null
            ? null
            : (arguments, execution, cancellationToken) =>
                redaction.GuardAsync(async () => redaction.Apply(await _revert(arguments, execution, cancellationToken))),
        (arguments, execution) => redaction.Apply(_describeRollback(arguments, execution)),
        Shape)
    {
        Name = Name,
        Summary = Summary,
        Origin = Origin,
        ArgumentsType = ArgumentsType,
    };

    /// <inheritdoc cref="IStep{TArguments}.PreviewAsync"/>
    public Task<StepPreview> PreviewAsync(object arguments, IStepContext context, CancellationToken cancellationToken) =>
        _preview(arguments, context, cancellationToken);

    /// <inheritdoc cref="IStep{TArguments}.ExecuteAsync"/>
    public Task<StepResult> ExecuteAsync(object arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        PluginActivity.DuringAsync(Activity, () => _execute(arguments, execution, cancellationToken));

    /// <inheritdoc cref="IStep{TArguments}.DescribeRollback"/>
    public string DescribeRollback(object arguments, IStepExecution execution) => _describeRollback(arguments, execution);

    /// <inheritdoc cref="IRevertibleStep{TArguments}.RevertAsync"/>
    /// <exception cref="InvalidOperationException">It is not revertible: ask <see cref="IsRevertible"/> first.</exception>
    public Task<StepResult> RevertAsync(object arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        _revert is null
            ? throw new InvalidOperationException($"the step \"{Name}\" cannot be undone")
            : PluginActivity.DuringAsync(Activity, () => _revert(arguments, execution, cancellationToken));
}
