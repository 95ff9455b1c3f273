using PachUp.Sdk;

namespace MisbehavingPlugin;

public sealed record NoArguments;

/// <summary>Previews well and does something bad, unless there is a file that says that all is well.</summary>
public abstract class BadStep : IStep<NoArguments>
{
    private const string AllIsWell = "all-is-well";

    public abstract string Name { get; }

    public string Summary => "Does something bad.";

    public Task<StepPreview> PreviewAsync(NoArguments arguments, IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new StepPreview("Would do something bad"));

    public Task<StepResult> ExecuteAsync(NoArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var good = Task.FromResult(new StepResult("Did nothing bad"));
        return File.Exists(AllIsWell) ? good : Misbehave(good, execution);
    }

    protected abstract Task<StepResult> Misbehave(Task<StepResult> good, IStepExecution execution);
}

/// <summary>Throws what nobody expects.</summary>
public sealed class ThrowStep : BadStep
{
    public override string Name => "bad/throw";

    protected override Task<StepResult> Misbehave(Task<StepResult> good, IStepExecution execution) => throw new InvalidOperationException("the moon is full");
}

/// <summary>Ends the process as if all were done.</summary>
public sealed class ExitStep : BadStep
{
    public override string Name => "bad/exit";

    protected override Task<StepResult> Misbehave(Task<StepResult> good, IStepExecution execution)
    {
        Environment.Exit(0);
        return good;
    }
}

/// <summary>Waits for something that never comes, and does not listen.</summary>
public sealed class BlockStep : BadStep
{
    public override string Name => "bad/block";

    protected override Task<StepResult> Misbehave(Task<StepResult> good, IStepExecution execution)
    {
        execution.Progress.Report(new StepProgress("about to wait for ever"));
        using var never = new ManualResetEventSlim();
        never.Wait();
        return good;
    }
}

/// <summary>Says that it was told to stop, when nobody did.</summary>
public sealed class CancelStep : BadStep
{
    public override string Name => "bad/cancel";

    protected override Task<StepResult> Misbehave(Task<StepResult> good, IStepExecution execution) => throw new OperationCanceledException("not today");
}

/// <summary>Throws where nobody can catch it.</summary>
public sealed class ThreadStep : BadStep
{
    public override string Name => "bad/thread";

    protected override Task<StepResult> Misbehave(Task<StepResult> good, IStepExecution execution)
    {
        var thread = new Thread(() => throw new InvalidOperationException("the thread is torn"));
        thread.Start();
        thread.Join();
        return good;
    }
}

/// <summary>Returns nothing at all.</summary>
public sealed class NothingStep : BadStep
{
    public override string Name => "bad/nothing";

    protected override Task<StepResult> Misbehave(Task<StepResult> good, IStepExecution execution) => null!;
}
