using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>A check that the command line accepts: a step that asks it gets a warning where it would refuse and may be accepted.</summary>
/// <param name="check">The check.</param>
internal sealed class AcceptedCheck(ICheck check) : ICheck
{
    public string Name => check.Name;

    public string Question => check.Question;

    public CheckGuide Guide => check.Guide;

    public bool IsAboutThisMachine => check.IsAboutThisMachine;

    public bool IsAboutTarget => check.IsAboutTarget;

    public bool NeedsLiveSource => check.NeedsLiveSource;

    public bool IsAbout(PlanPurpose purpose) => check.IsAbout(purpose);

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var result = await check.AskAsync(context, cancellationToken);
        return result.WhenAccepted() ?? result;
    }
}
