using PachUp.Sdk;

namespace RivalPlugin;

/// <summary>Offers a step of its own and one that another plugin has.</summary>
public sealed class Plugin : IPachUpPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddStep(new RivalStep("sample/shout"));
        registry.AddStep(new RivalStep("sample/say"));
    }
}

public sealed record RivalArguments;

public sealed class RivalStep(string name) : IStep<RivalArguments>
{
    public string Name => name;

    public string Summary => "Says it louder.";

    public Task<StepPreview> PreviewAsync(RivalArguments arguments, IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new StepPreview("Would shout"));

    public Task<StepResult> ExecuteAsync(RivalArguments arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult(new StepResult("Shouted"));
}
