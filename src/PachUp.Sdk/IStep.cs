namespace PachUp.Sdk;

/// <summary>
/// One kind of step of a plan. The same object serves every run: keep no state in it. Doing a step twice must be harmless, because a run
/// that was interrupted does its last step again.
/// </summary>
/// <typeparam name="TArguments">
/// A record with init-only properties, bound from <c>with:</c> by name (<c>keepVolumes</c> for <c>KeepVolumes</c>). A <c>required</c>
/// property has to be given; the default of another is what its initializer says. Values are strings, numbers, booleans,
/// <see cref="TimeSpan"/>, <see cref="Pachyderm.Release"/>, enums, and lists of these.
/// </typeparam>
public interface IStep<in TArguments>
    where TArguments : class
{
    /// <summary>What plans call it: <c>pack/step</c>, lower case with dashes.</summary>
    string Name { get; }

    /// <summary>What it does, in one sentence.</summary>
    string Summary { get; }

    /// <summary>What the host has to know about the step before it runs.</summary>
    StepTraits Traits => StepTraits.Default;

    /// <summary>Says what would happen and to what. Reads only.</summary>
    /// <returns>What would happen. What cannot be known yet is said so in words.</returns>
    Task<StepPreview> PreviewAsync(TArguments arguments, IStepContext context, CancellationToken cancellationToken);

    /// <summary>Does it.</summary>
    /// <returns>What was done, and outputs for later steps.</returns>
    /// <exception cref="StepFailedException">It cannot be done; the message says what happened, to what, and what to do next.</exception>
    Task<StepResult> ExecuteAsync(TArguments arguments, IStepExecution execution, CancellationToken cancellationToken);

    /// <summary>
    /// Says, in a sentence or two, what rolling a run back means for this step: what is undone, or else what state is left and what to do about it.
    /// Asks no cluster.
    /// </summary>
    string DescribeRollback(TArguments arguments, IStepExecution execution) => "Nothing of it is undone; what it did stays.";
}

/// <summary>A step that can be undone.</summary>
/// <typeparam name="TArguments">See <see cref="IStep{TArguments}"/>.</typeparam>
public interface IRevertibleStep<in TArguments> : IStep<TArguments>
    where TArguments : class
{
    /// <summary>Undoes what <see cref="IStep{TArguments}.ExecuteAsync"/> did, completely or in part, also when it was interrupted.</summary>
    /// <returns>What was undone.</returns>
    /// <exception cref="StepFailedException">It cannot be undone; the message says what is left and where the backup is.</exception>
    Task<StepResult> RevertAsync(TArguments arguments, IStepExecution execution, CancellationToken cancellationToken);

    /// <inheritdoc/>
    string IStep<TArguments>.DescribeRollback(TArguments arguments, IStepExecution execution) => "Undoes what it did.";
}
