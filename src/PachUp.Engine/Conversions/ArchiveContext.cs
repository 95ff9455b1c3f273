using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Sdk;

namespace PachUp.Engine.Conversions;

/// <summary>The context of the checks of a route when an archive file is converted: there is no cluster to ask.</summary>
internal sealed class ArchiveContext(MigrationRoute route, ArchiveReport archive, Release target, Survey survey) : IStepContext
{
    public PlanPurpose Purpose => PlanPurpose.Migration;

    public ICluster Source => throw NoCluster();

    public ICluster Target => throw NoCluster();

    public bool IsInPlace => false;

    public bool CarriesObjects => archive.Summary.Objects > 0 || archive.Summary.Commits == 0;

    public Release TargetRelease => target;

    public MigrationRoute Route => route;

    public Survey Survey => survey;

    public ImmutableArray<ICheck> Checks => route.Checks;

    public ILogger Log => NullLogger.Instance;

    private static StepFailedException NoCluster() => StepFailedException.Refused(
        "a check of this route needs a cluster, and the conversion of an archive has none", "Migrate with \"pachup plan\" and \"pachup apply\" instead.");
}
