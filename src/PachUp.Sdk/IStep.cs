namespace PachUp.Sdk;

/// <summary>
/// One kind of step. The same object is used for every run: keep no state in it. Doing a step twice must be harmless, because an interrupted run
/// does its last step again.
/// </summary>
/// <typeparam name="TArguments">
/// A record with init-only properties, bound by name from <c>with:</c> (<c>keepVolumes</c> for <c>KeepVolumes</c>). A plan has to give each
/// <c>required</c> property; the initializer of any other property is its default. Values are strings, numbers, booleans,
/// <see cref="TimeSpan"/>, <see cref="Pachyderm.Release"/>, enums, and lists of these.
/// </typeparam>
public interface IStep<in TArguments>
    where TArguments : class
{
    /// <summary>Its name in plans: <c>pack/step</c>, lower case with dashes.</summary>
    string Name { get; }

    /// <summary>What it does, in one sentence.</summary>
    string Summary { get; }

    /// <summary>What the host has to know about the step before it runs.</summary>
    StepTraits Traits => StepTraits.Default;

    /// <summary>Describes what would happen. It only reads.</summary>
    /// <returns>What would happen. If something cannot be known yet, a note says so.</returns>
    Task<StepPreview> PreviewAsync(TArguments arguments, IStepContext context, CancellationToken cancellationToken);

    /// <summary>Carries out the step.</summary>
    /// <returns>What was done, and outputs for later steps.</returns>
    /// <exception cref="StepFailedException">The step failed; the message says what happened, to which thing, and what to do next.</exception>
    Task<StepResult> ExecuteAsync(TArguments arguments, IStepExecution execution, CancellationToken cancellationToken);

    /// <summary>
    /// Describes, in a sentence or two, what a rollback of the run does to this step: what is undone, or else what state is left and what to do about
    /// it. It asks no cluster.
    /// </summary>
    string DescribeRollback(TArguments arguments, IStepExecution execution) => "Nothing is undone: the changes of this step stay.";
}

/// <summary>A step that can be undone.</summary>
/// <typeparam name="TArguments">See <see cref="IStep{TArguments}"/>.</typeparam>
public interface IRevertibleStep<in TArguments> : IStep<TArguments>
    where TArguments : class
{
    /// <summary>Undoes what <see cref="IStep{TArguments}.ExecuteAsync"/> did, completely or in part, also after an interruption.</summary>
    /// <returns>What was undone.</returns>
    /// <exception cref="StepFailedException">It cannot be undone; the message says what is left and where the backup is.</exception>
    Task<StepResult> RevertAsync(TArguments arguments, IStepExecution execution, CancellationToken cancellationToken);

    /// <inheritdoc/>
    string IStep<TArguments>.DescribeRollback(TArguments arguments, IStepExecution execution) => "Undoes the changes of this step.";
}
