using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Checks whether enterprise features are active: no extract of these releases contains their activation.</summary>
internal sealed class EnterpriseCheck : ICheck
{
    public string Name => "enterprise";

    public string Question => "Are the enterprise features active on the source?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "No extract of these releases contains the activation of the enterprise features. Access control and statistics need it.",
        WhenPassed = "The enterprise features are not active, so there is nothing to do.",
        WhenWarned = "The enterprise features are active. Keep the activation code ready and activate them again on the target (\"pachctl "
            + "enterprise activate\").",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Reload or PlanPurpose.Backup;

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var state = await context.Source.Connect().GetEnterpriseStateAsync(cancellationToken);
        return state is null
            ? CheckResult.Passed("The enterprise features are not active")
            : CheckResult.Warning(
                $"the enterprise features are active on the source{(state.Expires is { } end ? $" until {end:yyyy-MM-dd}" : "")}",
                "An extract does not contain their activation: activate them on the target with \"pachctl enterprise activate CODE\".");
    }
}
