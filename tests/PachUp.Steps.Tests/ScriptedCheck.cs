using PachUp.Sdk;

namespace PachUp.Steps.Tests;

/// <summary>A check with an answer that a test gives it.</summary>
internal sealed class ScriptedCheck(string name, Func<IStepContext, CheckResult> answer) : ICheck
{
    public ScriptedCheck(string name, CheckResult answer)
        : this(name, _ => answer)
    {
    }

    public string Name => name;

    public string Question => $"Is {name} well?";

    public CheckGuide Guide { get; } = new() { Why = "A test asks it.", WhenPassed = "All is well." };

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(answer(context));
}
