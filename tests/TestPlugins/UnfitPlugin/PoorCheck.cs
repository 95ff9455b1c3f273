using PachUp.Sdk;

namespace UnfitPlugin;

/// <summary>Leaves people alone with what it found.</summary>
public sealed class PoorCheck : ICheck
{
    public string Name => "poor";

    public string Question => "Something about pipelines";

    public CheckGuide Guide { get; } = new() { Why = "", WhenPassed = "ok" };

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(CheckResult.Warning("There is something.", ""));
}
