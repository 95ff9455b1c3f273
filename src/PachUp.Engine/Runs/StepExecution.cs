using PachUp.Engine.Planning;
using PachUp.Sdk;

namespace PachUp.Engine.Runs;

/// <summary>What one step may use while it acts.</summary>
internal sealed class StepExecution(
    IStepContext context, string stepId, string runDirectory, Journal journal, IProgress<StepProgress> progress, TimeProvider time)
    : ForwardedContext(context), IStepExecution
{
    private readonly List<Checkpoint> _checkpoints =
        [.. journal.Records.Where(record => record.Step == stepId).Select(record => record.Checkpoint).OfType<Checkpoint>()];

    public string StepId => stepId;

    public string RunDirectory => runDirectory;

    public IProgress<StepProgress> Progress => progress;

    public TimeProvider Time => time;

    public IReadOnlyList<Checkpoint> Checkpoints => _checkpoints;

    public void Record(Checkpoint checkpoint)
    {
        journal.AppendCheckpoint(stepId, checkpoint);
        _checkpoints.Add(checkpoint);
    }
}
