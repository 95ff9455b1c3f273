using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Runs;

/// <summary>What one step may use while it acts.</summary>
internal sealed class StepExecution(IStepContext context, string stepId, string runDirectory, IProgress<StepProgress> progress, TimeProvider time) : IStepExecution
{
    public string StepId => stepId;

    public string RunDirectory => runDirectory;

    public IProgress<StepProgress> Progress => progress;

    public TimeProvider Time => time;

    public ICluster Source => context.Source;

    public ICluster Target => context.Target;

    public bool IsInPlace => context.IsInPlace;

    public bool CarriesObjects => context.CarriesObjects;

    public Release TargetRelease => context.TargetRelease;

    public MigrationRoute Route => context.Route;

    public Survey Survey => context.Survey;

    public ImmutableArray<ICheck> Checks => context.Checks;

    public ILogger Log => context.Log;
}
