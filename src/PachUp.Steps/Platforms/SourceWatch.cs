using PachUp.Sdk;
using PachUp.Verification.LateWrites;

namespace PachUp.Steps.Platforms;

/// <summary>
/// Looks at the source every minute while a user is asked to undeploy it. The source may still be written to for hours after the look before the step, and
/// is then removed with what was written.
/// </summary>
/// <param name="execution">The step that waits.</param>
internal sealed class SourceWatch(IStepExecution execution)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly LateWriteLook _look = new(execution, execution.RunDirectory, execution.Progress);
    private long _last = execution.Time.GetTimestamp();

    /// <summary>Looks if a look is due.</summary>
    /// <exception cref="StepFailedException">Something was written since the extract. A resumed run extracts the source again.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!_look.IsPossible || execution.Time.GetElapsedTime(_last) < Interval)
        {
            return;
        }

        var report = await _look.TakeAsync(execution.Time.GetUtcNow(), cancellationToken);
        _last = execution.Time.GetTimestamp();
        if (report.IsFound)
        {
            throw new StepFailedException(report.Sentence, "Do not undeploy the source. Stop the writers, and resume the run: it extracts the source again.")
            {
                Kind = FailureKind.LateWrites,
            };
        }
    }
}
