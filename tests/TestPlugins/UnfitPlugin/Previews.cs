using PachUp.Sdk;

namespace UnfitPlugin;

/// <summary>Stops a pipeline to see whether it can.</summary>
public sealed class WritesInPreview() : UnfitStep("writes-in-preview")
{
    public override async Task<StepPreview> PreviewAsync(UnfitArguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        await context.Source.Connect().StopPipelineAsync("edges", cancellationToken);
        return new StepPreview("Stops a pipeline");
    }
}

/// <summary>Writes down what it would do, and what that would do to it goes unsaid.</summary>
public sealed class LeavesFileInPreview() : UnfitStep("leaves-file-in-preview")
{
    public override async Task<StepPreview> PreviewAsync(UnfitArguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(arguments.File, "seen", cancellationToken);
        return new StepPreview("") { Effects = [new Effect("", "something")] };
    }
}
