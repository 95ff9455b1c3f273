using PachUp.Sdk;

namespace GoodPlugin;

public sealed class WeekdayCheck : ICheck
{
    public string Name => "weekday";

    public string Question => "Is it a good day for a migration?";

    public CheckGuide Guide { get; } = new() { Why = "Nobody should migrate on a Friday.", WhenPassed = "It is not Friday." };

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(CheckResult.Passed("It is."));
}
