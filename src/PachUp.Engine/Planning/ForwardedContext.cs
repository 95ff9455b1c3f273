using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>A context that knows what another one knows, to be refined.</summary>
internal abstract class ForwardedContext(IStepContext context) : IStepContext
{
    public PlanPurpose Purpose => context.Purpose;

    public ICluster Source => context.Source;

    public ICluster Target => context.Target;

    public bool IsInPlace => context.IsInPlace;

    public bool CarriesObjects => context.CarriesObjects;

    public string? ArchivePath => context.ArchivePath;

    public Release TargetRelease => context.TargetRelease;

    public MigrationOptions Options => context.Options;

    public MigrationRoute Route => context.Route;

    public virtual Survey Survey => context.Survey;

    public ImmutableArray<ICheck> Checks => context.Checks;

    public virtual ILogger Log { get; init; } = context.Log;
}
