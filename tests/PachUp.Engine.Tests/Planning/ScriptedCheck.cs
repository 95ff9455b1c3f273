using PachUp.Sdk;

namespace PachUp.Engine.Tests.Planning;

/// <summary>A check whose result the test chooses.</summary>
/// <param name="name">Its name.</param>
/// <param name="answer">Its result.</param>
internal sealed class ScriptedCheck(string name, Func<IStepContext, CheckResult> answer) : ICheck
{
    public ScriptedCheck(string name, CheckOutcome outcome = CheckOutcome.Passed)
        : this(name, _ => new CheckResult(outcome, $"{name} says {outcome}"))
    {
    }

    public string Name => name;

    public string Question => $"Is {name} well?";

    public CheckGuide Guide { get; } = new() { Why = "A test asks it.", WhenPassed = "All is well." };

    public bool IsAboutThisMachine { get; init; }

    public bool IsAboutTarget { get; init; }

    public bool NeedsLiveSource { get; init; }

    public PlanPurpose Purpose { get; init; } = PlanPurpose.Migration;

    public bool IsAbout(PlanPurpose purpose) => purpose == Purpose;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(answer(context));
}
