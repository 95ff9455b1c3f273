using PachUp.Sdk;

namespace GoodPlugin;

public sealed record SayArguments
{
    /// <summary>What to say.</summary>
    public required string Text { get; init; }

    /// <summary>How often to say it.</summary>
    public int Times { get; init; } = 1;
}

public sealed class SayStep : IRevertibleStep<SayArguments>
{
    public string Name => "sample/say";

    public string Summary => "Says something.";

    public Task<StepPreview> PreviewAsync(SayArguments arguments, IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new StepPreview($"Would say {arguments.Text} {arguments.Times} times"));

    public Task<StepResult> ExecuteAsync(SayArguments arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult(new StepResult($"Said {arguments.Text} {arguments.Times} times"));

    public Task<StepResult> RevertAsync(SayArguments arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult(new StepResult($"Took back {arguments.Text}"));
}
