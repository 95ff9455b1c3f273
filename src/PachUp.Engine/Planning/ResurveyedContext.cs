using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>A context with newer findings about the clusters.</summary>
internal sealed class ResurveyedContext(IStepContext context, Survey survey) : IStepContext
{
    public ICluster Source => context.Source;

    public ICluster Target => context.Target;

    public bool IsInPlace => context.IsInPlace;

    public bool CarriesObjects => context.CarriesObjects;

    public Release TargetRelease => context.TargetRelease;

    public MigrationRoute Route => context.Route;

    public Survey Survey => survey;

    public ImmutableArray<ICheck> Checks => context.Checks;

    public ILogger Log => context.Log;
}
