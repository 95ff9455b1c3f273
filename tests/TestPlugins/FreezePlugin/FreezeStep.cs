using PachUp.Sdk;

namespace FreezePlugin;

public sealed record FreezeArguments
{
    /// <summary>The file that the scheduler looks for before it starts a pipeline.</summary>
    public required string File { get; init; }
}

/// <summary>Keeps a scheduler from starting pipelines: it starts none that are named in a file.</summary>
public sealed class FreezeStep : IRevertibleStep<FreezeArguments>
{
    public string Name => "acme/freeze";

    public string Summary => "Keeps the scheduler from starting pipelines.";

    public Task<StepPreview> PreviewAsync(FreezeArguments arguments, IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new StepPreview("Freezes the scheduler")
        {
            Effects = [new Effect("write", $"file {arguments.File}")],
        });

    public async Task<StepResult> ExecuteAsync(FreezeArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var pipelines = await execution.Source.Connect().ListPipelinesAsync(cancellationToken);
        await File.WriteAllLinesAsync(arguments.File, pipelines.Select(pipeline => pipeline.Pipeline.Name), cancellationToken);
        return new StepResult($"Froze {pipelines.Count} pipelines");
    }

    public Task<StepResult> RevertAsync(FreezeArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        File.Delete(arguments.File);
        return Task.FromResult(new StepResult("Let the scheduler go on"));
    }
}
