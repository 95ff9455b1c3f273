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
        if (!File.Exists(AllIsWell))
        {
            Misbehave();
        }

        return Task.FromResult(new StepResult("Did nothing bad"));
    }

    protected abstract void Misbehave();
}

/// <summary>Throws what nobody expects.</summary>
public sealed class ThrowStep : BadStep
{
    public override string Name => "bad/throw";

    protected override void Misbehave() => throw new InvalidOperationException("the moon is full");
}

/// <summary>Ends the process as if all were done.</summary>
public sealed class ExitStep : BadStep
{
    public override string Name => "bad/exit";

    protected override void Misbehave() => Environment.Exit(0);
}
