using System.Collections.Immutable;
using PachUp.Sdk;

namespace Acme.Freeze;

/// <summary>The arguments of the step, under <c>with:</c> in a plan. Editors show these summaries to authors of plans.</summary>
public sealed record FreezeArguments
{
    /// <summary>The file that schedulers look for before they start work.</summary>
    public required string Marker { get; init; }

    /// <summary>The reason that the file gives to users.</summary>
    public string Reason { get; init; } = "Pachyderm is being migrated.";

    /// <summary>Whether to freeze work; false lets it start again.</summary>
    public bool Frozen { get; init; } = true;
}

/// <summary>
/// Writes a file that schedulers look for before they start work, or removes it. The step can be done twice, because an interrupted run does its
/// last step again. It can be undone, because it first records what the file contained.
/// </summary>
public sealed class FreezeStep : IRevertibleStep<FreezeArguments>
{
    private const string Before = "before";
    private const string Content = "content";

    public string Name => "acme-freeze/freeze";

    public string Summary => "Keeps schedulers from starting work, or lets them start it again.";

    /// <summary>The marker is a real file, also in a rehearsal. So the step does not set IsSafeInRehearsal, and a rehearsal only previews it.</summary>
    public StepTraits Traits { get; } = new() { KeepsWritersOut = true };

    public Task<StepPreview> PreviewAsync(FreezeArguments arguments, IStepContext context, CancellationToken cancellationToken) => Task.FromResult(
        arguments.Frozen
            ? new StepPreview("Keeps schedulers from starting work.") { Effects = [new Effect("write", arguments.Marker, arguments.Reason)] }
            : new StepPreview("Lets schedulers start work again.") { Effects = [new Effect("remove", arguments.Marker)] });

    public async Task<StepResult> ExecuteAsync(FreezeArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        await RecordWhatIsThereAsync(arguments, execution, cancellationToken);
        await SetAsync(arguments.Marker, arguments.Frozen ? arguments.Reason : null, cancellationToken);
        return new StepResult(arguments.Frozen ? $"Wrote {arguments.Marker}." : $"Removed {arguments.Marker}.");
    }

    public async Task<StepResult> RevertAsync(FreezeArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (execution.Checkpoints.FirstOrDefault(checkpoint => checkpoint.Kind == Before) is not { } before)
        {
            return new StepResult("Nothing to undo: the step had not started.");
        }

        await SetAsync(arguments.Marker, before.Facts.GetValueOrDefault(Content), cancellationToken);
        return new StepResult($"Restored {arguments.Marker} as it was before.");
    }

    public string DescribeRollback(FreezeArguments arguments, IStepExecution execution) => $"Restores {arguments.Marker} as it was before.";

    /// <summary>Records this only once: after an interruption the file contains what this step itself wrote.</summary>
    private static async Task RecordWhatIsThereAsync(FreezeArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (execution.Checkpoints.Any(checkpoint => checkpoint.Kind == Before))
        {
            return;
        }

        var facts = ImmutableSortedDictionary<string, string>.Empty;
        if (File.Exists(arguments.Marker))
        {
            facts = facts.Add(Content, await File.ReadAllTextAsync(arguments.Marker, cancellationToken));
        }

        execution.Record(new Checkpoint(Before) { Facts = facts });
    }

    private static async Task SetAsync(string marker, string? content, CancellationToken cancellationToken)
    {
        try
        {
            if (content is null)
            {
                File.Delete(marker);
            }
            else
            {
                await File.WriteAllTextAsync(marker, content, cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StepFailedException($"The marker {marker} cannot be changed: {e.Message}", "Name a file in a folder that you may write to.", e);
        }
    }
}
