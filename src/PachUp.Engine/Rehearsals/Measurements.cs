using System.Globalization;
using PachUp.Common.Files;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Sdk;

namespace PachUp.Engine.Rehearsals;

/// <summary>The measurements of a rehearsal.</summary>
internal sealed record Measurements
{
    /// <summary>The time in which the real source listed its metadata once; null if no source was asked.</summary>
    public TimeSpan? ListingTime { get; init; }

    /// <summary>The time of all steps except the steps of a platform.</summary>
    public required TimeSpan StepTime { get; init; }

    /// <summary>The number of operations that were sent to the target.</summary>
    public required long Operations { get; init; }

    /// <summary>The size of the archive without the content of objects, in bytes; null if the plan writes no archive.</summary>
    public long? ArchiveBytes { get; init; }

    /// <summary>The size of the real objects; null if they stay in the bucket.</summary>
    public ObjectStatistics? Objects { get; init; }

    /// <summary>The free space on the disk of the state directory, in bytes.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>Collects the measurements from a completed run.</summary>
    public static Measurements Of(RunResult run, OriginSurvey survey, IReadOnlySet<string> platformSteps, StateDirectory state)
    {
        var outputs = RunState.Of(Journal.Read(run.Run.File(RunFiles.Journal))).Outputs.Values.SelectMany(step => step).ToList();
        return new Measurements
        {
            ListingTime = survey.ListingTime,
            StepTime = run.Steps.Where(step => !platformSteps.Contains(step.Id))
                .Aggregate(TimeSpan.Zero, (sum, step) => sum + (step.Duration ?? TimeSpan.Zero)),
            Operations = outputs.Where(output => output.Key == OutputNames.Operations).Sum(output => long.Parse(output.Value, CultureInfo.InvariantCulture)),
            ArchiveBytes = outputs.Where(output => output.Key == OutputNames.Archive && File.Exists(output.Value))
                .Select(output => (long?)new FileInfo(output.Value).Length).Sum(),
            Objects = survey.Objects,
            FreeBytes = FreeSpace.Of(state.Path),
        };
    }
}
