using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace RivalPlugin;

/// <summary>Offers a step of its own, and one of everything that another plugin has.</summary>
public sealed class Plugin : IPachUpPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddStep(new RivalStep("sample/shout"));
        registry.AddStep(new RivalStep("sample/say"));
        registry.AddCheck(new RivalCheck());
        registry.AddRoute(new RivalRoute());
        registry.AddPlatform(new RivalPlatform());
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

public sealed class RivalCheck : ICheck
{
    public string Name => "weekday";

    public string Question => "Is it Friday?";

    public CheckGuide Guide { get; } = new() { Why = "Somebody has to know.", WhenPassed = "It is." };

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(CheckResult.Passed("It is."));
}

public sealed class RivalRoute : MigrationRoute
{
    public override ReleaseLine From => new(1, 5);

    public override ReleaseLine To => new(1, 6);

    public override Release AtLeast => new(1, 10, 0);

    public override ExpectedTarget PredictTarget(ClusterInventory source, Release target, MigrationOptions options) => new() { Inventory = source };

    public override IOperationRewriter CreateRewriter(ClusterInventory source, Release target, MigrationOptions options) =>
        throw new NotSupportedException("Nobody comes this way.");
}

public sealed class RivalPlatform : IPlatform
{
    public string Name => "paper";

    public Task<StepPreview> PreviewAsync(PlatformAction action, ICluster cluster, IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new StepPreview("Would tear it up"));

    public Task<StepResult> ExecuteAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult(new StepResult("Tore it up"));

    public Task<StepResult> RevertAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult(new StepResult("Glued it"));
}
