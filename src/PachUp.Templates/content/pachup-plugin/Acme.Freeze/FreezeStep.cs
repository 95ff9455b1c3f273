using System.Collections.Immutable;
using PachUp.Sdk;

namespace Acme.Freeze;

/// <summary>What a plan says under <c>with:</c>. The summaries are what its authors read in their editor.</summary>
public sealed record FreezeArguments
{
    /// <summary>The file that schedulers look for before they start work.</summary>
    public required string Marker { get; init; }

    /// <summary>What people read who wonder why nothing starts.</summary>
    public string Reason { get; init; } = "Pachyderm is being migrated.";

    /// <summary>Whether work is frozen from here on; otherwise it may start again.</summary>
    public bool Frozen { get; init; } = true;
}

/// <summary>
/// Writes a file that schedulers look for before they start work, and takes it away again. It can be done twice, since a run that was
/// interrupted does its last step again; and undone, since it records beforehand what was there.
/// </summary>
public sealed class FreezeStep : IRevertibleStep<FreezeArguments>
{
    private const string Before = "before";
    private const string Content = "content";

    public string Name => "acme-freeze/freeze";

    public string Summary => "Keeps schedulers from starting work, or lets them again.";

    /// <summary>The marker is a real file, also in a rehearsal. So this step does not declare IsSafeInRehearsal, and a rehearsal only previews it.</summary>
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
            return new StepResult("There is nothing to undo: it had not begun.");
        }

        await SetAsync(arguments.Marker, before.Facts.GetValueOrDefault(Content), cancellationToken);
        return new StepResult($"Left {arguments.Marker} as it was before.");
    }

    public string DescribeRollback(FreezeArguments arguments, IStepExecution execution) => $"Leaves {arguments.Marker} as it was before.";

    /// <summary>Once only: done again after an interruption, what is there is what this step itself has left.</summary>
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
