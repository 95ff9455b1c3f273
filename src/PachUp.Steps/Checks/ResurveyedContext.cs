using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>A context with newer findings about the clusters.</summary>
internal sealed class ResurveyedContext(IStepContext context, Survey survey) : ForwardedContext(context)
{
    public override Survey Survey => survey;
}
