using PachUp.Engine.Planning;
using PachUp.Sdk;

namespace PachUp.Engine.Runs;

/// <summary>What one step may use while it acts.</summary>
internal sealed class StepExecution(IStepContext context, string stepId, string runDirectory, IProgress<StepProgress> progress, TimeProvider time)
    : ForwardedContext(context), IStepExecution
{
    public string StepId => stepId;

    public string RunDirectory => runDirectory;

    public IProgress<StepProgress> Progress => progress;

    public TimeProvider Time => time;
}
