using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Verification;

/// <summary>A context that returns the answers of another one. Derive from it to change some answers.</summary>
/// <param name="context">The other context.</param>
internal abstract class ForwardedContext(IStepContext context) : IStepContext
{
    /// <inheritdoc/>
    public PlanPurpose Purpose => context.Purpose;

    /// <inheritdoc/>
    public ICluster Source => context.Source;

    /// <inheritdoc/>
    public ICluster Target => context.Target;

    /// <inheritdoc/>
    public bool IsInPlace => context.IsInPlace;

    /// <inheritdoc/>
    public bool CarriesObjects => context.CarriesObjects;

    /// <inheritdoc/>
    public bool CopiesBucket => context.CopiesBucket;

    /// <inheritdoc/>
    public string? ArchivePath => context.ArchivePath;

    /// <inheritdoc/>
    public Release TargetRelease => context.TargetRelease;

    /// <inheritdoc/>
    public MigrationOptions Options => context.Options;

    /// <inheritdoc/>
    public MigrationRoute Route => context.Route;

    /// <inheritdoc/>
    public virtual Survey Survey => context.Survey;

    /// <inheritdoc/>
    public ImmutableArray<ICheck> Checks => context.Checks;

    /// <inheritdoc/>
    public virtual ILogger Log { get; init; } = context.Log;
}
