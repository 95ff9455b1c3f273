using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace UnfitPlugin;

/// <summary>Is another one after it was done twice.</summary>
public sealed class AppendsEachTime() : UnfitStep("appends-each-time")
{
    public override async Task<StepResult> ExecuteAsync(UnfitArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        await File.AppendAllTextAsync(arguments.File, "done\n", cancellationToken);
        return new StepResult("Added a line");
    }
}

/// <summary>Says that it is safe in a rehearsal, and writes a file that it does not announce.</summary>
public sealed class WritesInRehearsal() : UnfitStep("writes-in-rehearsal")
{
    public override StepTraits Traits { get; } = new() { IsSafeInRehearsal = true };

    public override async Task<StepResult> ExecuteAsync(UnfitArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(arguments.File, "done", cancellationToken);
        return new StepResult("Wrote a file");
    }
}

/// <summary>Takes what it was about to do for done.</summary>
public sealed class BelievesItsPlans() : UnfitStep("believes-its-plans")
{
    public override async Task<StepResult> ExecuteAsync(UnfitArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (execution.Checkpoints.Count == 0)
        {
            execution.Record(new Checkpoint("about-to-write"));
            await File.WriteAllTextAsync(arguments.File, "done", cancellationToken);
        }

        return new StepResult("Wrote a file");
    }
}

/// <summary>Says nothing of use when it fails.</summary>
public sealed class Mumbles() : UnfitStep("mumbles")
{
    public override async Task<StepResult> ExecuteAsync(UnfitArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        try
        {
            await execution.Source.Connect().ListPipelinesAsync(cancellationToken);
        }
        catch (PachdException e)
        {
            throw new StepFailedException("it did not work", "Try again.", e);
        }

        return new StepResult("It worked");
    }
}

/// <summary>Takes for a mistake what can happen.</summary>
public sealed class Crashes() : UnfitStep("crashes")
{
    public override async Task<StepResult> ExecuteAsync(UnfitArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        try
        {
            await execution.Source.Connect().ListPipelinesAsync(cancellationToken);
        }
        catch (PachdException e)
        {
            throw new InvalidOperationException($"nobody answers at {execution.Source.Address}", e);
        }

        return new StepResult("It worked");
    }
}
