using PachUp.Sdk;

namespace UnfitPlugin;

/// <summary>Says that it can be undone, and leaves its file behind.</summary>
public sealed class ForgetsToUndo() : UnfitStep("forgets-to-undo"), IRevertibleStep<UnfitArguments>
{
    public override async Task<StepResult> ExecuteAsync(UnfitArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(arguments.File, "done", cancellationToken);
        return new StepResult("Wrote a file");
    }

    public Task<StepResult> RevertAsync(UnfitArguments arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult(new StepResult("Undid all of it"));
}

/// <summary>Fails when it is undone.</summary>
public sealed class CannotUndo() : UnfitStep("cannot-undo"), IRevertibleStep<UnfitArguments>
{
    public Task<StepResult> RevertAsync(UnfitArguments arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        throw new StepFailedException($"the file \"{arguments.File}\" cannot be taken back", "Remove it.");
}
