using PachUp.Sdk;

namespace PachUp.Engine.Tests.Runs;

/// <summary>A platform that no test uses.</summary>
internal class StandInPlatform : IPlatform
{
    public string Name => "external";

    public Task<StepPreview> PreviewAsync(PlatformAction action, ICluster cluster, IStepContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<StepResult> ExecuteAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<StepResult> RevertAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
