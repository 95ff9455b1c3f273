using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>The enterprise state is in no extract of these releases.</summary>
internal sealed class EnterpriseCheck : ICheck
{
    public string Name => "enterprise";

    public string Question => "Are the enterprise features active on the source?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "The activation of the enterprise features is in no extract of these releases. Access control and statistics need it.",
        WhenPassed = "They are not active, so there is nothing to carry.",
        WhenWarned = "They are active. Have the activation code at hand and activate them again on the target (\"pachctl enterprise activate\").",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Reload or PlanPurpose.Backup;

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var state = await context.Source.Connect().GetEnterpriseStateAsync(cancellationToken);
        return state is null
            ? CheckResult.Passed("The enterprise features are not active")
            : CheckResult.Warning(
                $"the enterprise features are active on the source{(state.Expires is { } end ? $" until {end:yyyy-MM-dd}" : "")}",
                "Their activation is not part of an extract: activate them on the target with \"pachctl enterprise activate CODE\".");
    }
}
