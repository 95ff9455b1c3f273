using PachUp.Pachyderm.Releases;
using PachUp.Sdk;
using PachUp.Steps.CatchingUp;
using PachUp.Steps.Checks;
using PachUp.Steps.Extracting;
using PachUp.Steps.Pausing;
using PachUp.Steps.Platforms;
using PachUp.Steps.Reloading;
using PachUp.Steps.Restoring;
using PachUp.Steps.Resuming;
using PachUp.Steps.Verifying;

namespace PachUp.Steps;

/// <summary>Registers the built-in steps, checks and platforms, in the same way as any other plugin.</summary>
public sealed class StepsPlugin : IPachUpPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.AddStep(new CheckStep());
        registry.AddStep(new PauseStep());
        registry.AddStep(new ExtractStep());
        registry.AddStep(new OpenBackupStep());
        registry.AddStep(new RestoreStep());
        registry.AddStep(new TransferStep());
        registry.AddStep(new ReloadStep());
        registry.AddStep(new CatchUpStep());
        registry.AddStep(new VerifyStep());
        registry.AddStep(new ResumeStep());
        registry.AddStep(PlatformSteps.Save());
        registry.AddStep(PlatformSteps.Fence());
        registry.AddStep(PlatformSteps.Unfence());
        registry.AddStep(PlatformSteps.Undeploy());
        registry.AddStep(PlatformSteps.Deploy());
        registry.AddStep(PlatformSteps.Wait());
        registry.AddStep(PlatformSteps.Switch());

        registry.AddCheck(new SameClusterCheck());
        registry.AddCheck(new TargetReleaseCheck());
        registry.AddCheck(new TargetEmptyCheck());
        registry.AddCheck(new ObjectAccessCheck());
        registry.AddCheck(new SelfInputCheck());
        registry.AddCheck(new SourceReadableCheck());
        registry.AddCheck(new MetadataConsistentCheck());
        registry.AddCheck(new SharedBucketCheck());
        registry.AddCheck(new LocalStorageCheck());
        registry.AddCheck(new ArchiveSpaceCheck());
        registry.AddCheck(new PipelinesRunningCheck());
        registry.AddCheck(new StoppedOutputsCheck());
        registry.AddCheck(new UnfinishedJobsCheck());
        registry.AddCheck(new DatumsAgainCheck());
        registry.AddCheck(new CronInputsCheck(TimeProvider.System, CronInputsCheck.FindNewestAsync));
        registry.AddCheck(new GitInputsCheck());
        registry.AddCheck(new SpoutsCheck());
        registry.AddCheck(new ServicesCheck());
        registry.AddCheck(new TransactionLimitCheck());
        registry.AddCheck(new FileNamesCheck());
        registry.AddCheck(new AuthCheck());
        registry.AddCheck(new EnterpriseCheck());
        registry.AddCheck(new ClockCheck(TimeProvider.System, ReleaseCatalogue.BuiltIn));
        registry.AddCheck(new PachctlCheck(stop => InstalledPachctl.FindAsync(Environment.GetEnvironmentVariable("PATH"), stop)));
        registry.AddCheck(new KnownDefectsCheck());

        registry.AddPlatform(new ExternalPlatform());
    }
}
