using PachUp.Sdk;

namespace UnfitPlugin;

public sealed record UnfitArguments
{
    /// <summary>A file that the step may write.</summary>
    public required string File { get; init; }
}

/// <summary>A step that is as it should be, but for what is overridden.</summary>
public abstract class UnfitStep(string name) : IStep<UnfitArguments>
{
    public string Name => $"unfit/{name}";

    public string Summary => "Does one thing as it should not be done.";

    public virtual StepTraits Traits => StepTraits.Default;

    public virtual Task<StepPreview> PreviewAsync(UnfitArguments arguments, IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new StepPreview("Does something") { Effects = [new Effect("write", $"file {arguments.File}")] });

    public virtual Task<StepResult> ExecuteAsync(UnfitArguments arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult(new StepResult("Did nothing"));
}
