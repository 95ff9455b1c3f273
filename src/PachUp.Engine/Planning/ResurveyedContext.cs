using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>A context with newer findings about the clusters.</summary>
internal sealed class ResurveyedContext(IStepContext context, Survey survey) : ForwardedContext(context)
{
    public override Survey Survey => survey;
}
