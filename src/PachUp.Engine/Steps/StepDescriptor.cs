using PachUp.Engine.Steps.Arguments;
using PachUp.Engine.Steps.Binding;
using PachUp.Engine.Steps.Failing;
using PachUp.Sdk;

namespace PachUp.Engine.Steps;

/// <summary>A kind of step: what the engine needs to bind, preview, do and undo it.</summary>
public sealed record StepDescriptor
{
    private StepDescriptor(ArgumentShape shape, IBoundStep bound) => (Shape, Bound) = (shape, bound);

    /// <summary>The name of the step in plans: <c>pack/step</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the step does, in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The file of its plugin, or the name of a built-in plugin.</summary>
    public required string Origin { get; init; }

    /// <summary>The record with the arguments from <c>with:</c>.</summary>
    public required Type ArgumentsType { get; init; }

    /// <summary>The traits that the step declares.</summary>
    public required StepTraits Traits { get; init; }

    /// <summary>Whether it can be undone.</summary>
    public bool IsRevertible => Bound.IsRevertible;

    internal ArgumentShape Shape { get; }

    private IBoundStep Bound { get; init; }

    /// <summary>Describes a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="origin">See <see cref="Origin"/>.</param>
    /// <param name="activity">Records that the step is running.</param>
    /// <exception cref="ArgumentException">A plan cannot contain one of its arguments. The message says which and why.</exception>
    public static StepDescriptor For<TArguments>(IStep<TArguments> step, string origin, PluginActivity activity)
        where TArguments : class => new(ArgumentShape.Of(typeof(TArguments)), Bind(step, origin, activity))
        {
            Name = step.Name,
            Summary = step.Summary,
            Origin = origin,
            ArgumentsType = typeof(TArguments),
            Traits = step.Traits,
        };

    /// <summary>The step with arguments that are changed before every call.</summary>
    internal StepDescriptor WithArguments(Func<object, object> change) => this with { Bound = new StepWithArguments(Bound, change) };

    /// <summary>The step without secrets in its results and failures.</summary>
    internal StepDescriptor Redacting(Redaction redaction) => this with { Bound = new RedactedStep(Bound, redaction) };

    /// <summary>The step, previewed and never executed.</summary>
    internal StepDescriptor PreviewedOnly() => this with { Bound = new PreviewedStep(Bound) };

    /// <inheritdoc cref="IStep{TArguments}.PreviewAsync"/>
    public Task<StepPreview> PreviewAsync(object arguments, IStepContext context, CancellationToken cancellationToken) =>
        Bound.PreviewAsync(arguments, context, cancellationToken);

    /// <inheritdoc cref="IStep{TArguments}.ExecuteAsync"/>
    public Task<StepResult> ExecuteAsync(object arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        Bound.ExecuteAsync(arguments, execution, cancellationToken);

    /// <inheritdoc cref="IStep{TArguments}.DescribeRollback"/>
    public string DescribeRollback(object arguments, IStepExecution execution) => Bound.DescribeRollback(arguments, execution);

    /// <inheritdoc cref="IRevertibleStep{TArguments}.RevertAsync"/>
    /// <exception cref="InvalidOperationException">The step cannot be undone. Check <see cref="IsRevertible"/> first.</exception>
    public Task<StepResult> RevertAsync(object arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        Bound.RevertAsync(arguments, execution, cancellationToken);

    private static WatchedStep Bind<TArguments>(IStep<TArguments> step, string origin, PluginActivity activity)
        where TArguments : class =>
        new(new BoundStep<TArguments>(step, origin), activity, $"the step \"{step.Name}\" of \"{origin}\"");
}
