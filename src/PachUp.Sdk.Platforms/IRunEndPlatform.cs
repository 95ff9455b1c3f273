namespace PachUp.Sdk.Platforms;

/// <summary>A platform that changes something for the duration of a run, and sets it back when the run has ended, whatever the last step of its plan is.</summary>
public interface IRunEndPlatform : IPlatform
{
    /// <summary>Called when all steps of a run are done. A rollback undoes its steps instead. Doing it again is harmless.</summary>
    /// <returns>What was set back, in one sentence; null if there was nothing.</returns>
    /// <exception cref="StepFailedException">It cannot be set back. The run has not ended then, and resuming it tries again.</exception>
    Task<string?> EndRunAsync(ICluster cluster, CancellationToken cancellationToken);
}
