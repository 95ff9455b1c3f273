using PachUp.Sdk;
using PachUp.Verification;

namespace PachUp.Steps.Checks;

/// <summary>A step context with a newer survey of the clusters.</summary>
internal sealed class ContextWithSurvey(IStepContext context, Survey survey) : ForwardedContext(context)
{
    public override Survey Survey => survey;
}
