using PachUp.Engine.Steps.Arguments;
using PachUp.Engine.Steps.Binding;
using PachUp.Engine.Steps.Failing;
using PachUp.Sdk;

namespace PachUp.Engine.Steps;

/// <summary>A kind of step: what the engine needs to bind, preview, do and undo it.</summary>
public sealed record StepDescriptor
{
    private StepDescriptor(ArgumentShape shape, IBoundStep bound) => (Shape, Bound) = (shape, bound);

    /// <summary>What plans call it: <c>pack/step</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Where it comes from: the file of a plugin, or the words for what is built in.</summary>
    public required string Origin { get; init; }

    /// <summary>The record that <c>with:</c> is bound to.</summary>
    public required Type ArgumentsType { get; init; }

    /// <summary>What it declares about itself.</summary>
    public required StepTraits Traits { get; init; }

    /// <summary>Whether it can be undone.</summary>
    public bool IsRevertible => Bound.IsRevertible;

    internal ArgumentShape Shape { get; }

    private IBoundStep Bound { get; init; }

    /// <summary>Describes a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="origin">See <see cref="Origin"/>.</param>
    /// <param name="activity">Told while the step acts.</param>
    /// <exception cref="ArgumentException">Its arguments cannot be written in a plan; the message says which and why.</exception>
    public static StepDescriptor For<TArguments>(IStep<TArguments> step, string origin, PluginActivity activity)
        where TArguments : class => new(ArgumentShape.Of(typeof(TArguments)), Bind(step, origin, activity))
        {
            Name = step.Name,
            Summary = step.Summary,
            Origin = origin,
            ArgumentsType = typeof(TArguments),
            Traits = step.Traits,
        };

    /// <summary>The same step, with arguments that are changed on the way to it.</summary>
    internal StepDescriptor WithArguments(Func<object, object> change) => this with { Bound = new StepWithArguments(Bound, change) };

    /// <summary>The same step, which says nothing that is secret.</summary>
    internal StepDescriptor Redacting(Redaction redaction) => this with { Bound = new RedactedStep(Bound, redaction) };

    /// <summary>The same step, which is previewed and never executed.</summary>
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
    /// <exception cref="InvalidOperationException">It is not revertible: ask <see cref="IsRevertible"/> first.</exception>
    public Task<StepResult> RevertAsync(object arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        Bound.RevertAsync(arguments, execution, cancellationToken);

    private static WatchedStep Bind<TArguments>(IStep<TArguments> step, string origin, PluginActivity activity)
        where TArguments : class =>
        new(new BoundStep<TArguments>(step, origin), activity, $"the step \"{step.Name}\" of \"{origin}\"");
}
