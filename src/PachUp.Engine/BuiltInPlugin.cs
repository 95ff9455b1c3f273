using PachUp.Engine.Checks;
using PachUp.Engine.Platforms;
using PachUp.Engine.Steps;
using PachUp.Sdk;

namespace PachUp.Engine;

/// <summary>What the engine itself offers, registered the way a plugin registers.</summary>
public sealed class BuiltInPlugin : IPachUpPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.AddStep(new CheckStep());
        registry.AddStep(new PauseStep());
        registry.AddStep(new ExtractStep());
        registry.AddStep(new RestoreStep());
        registry.AddStep(new VerifyStep());
        registry.AddStep(new ResumeStep());
        registry.AddStep(new SaveStep());
        registry.AddStep(new UndeployStep());
        registry.AddStep(new DeployStep());

        registry.AddCheck(new SameClusterCheck());
        registry.AddCheck(new TargetReleaseCheck());
        registry.AddCheck(new TargetEmptyCheck());
        registry.AddCheck(new SelfInputCheck());
        registry.AddCheck(new SourceReadableCheck());
        registry.AddCheck(new SharedBucketCheck());
        registry.AddCheck(new UnfinishedJobsCheck());
        registry.AddCheck(new AuthCheck());

        registry.AddPlatform(new ExternalPlatform());
    }
}
