using System.Globalization;
using PachUp.Common.Files;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Sdk;

namespace PachUp.Engine.Rehearsals;

/// <summary>What was measured in a rehearsal.</summary>
internal sealed record Measurements
{
    /// <summary>How long the real source took to list its metadata once; null where none was asked.</summary>
    public TimeSpan? ListingTime { get; init; }

    /// <summary>How long the steps took, but for those that a platform does.</summary>
    public required TimeSpan StepTime { get; init; }

    /// <summary>How many operations were sent to the target.</summary>
    public required long Operations { get; init; }

    /// <summary>The size of the archive, whose objects have no content in a rehearsal; null where the plan writes none.</summary>
    public long? ArchiveBytes { get; init; }

    /// <summary>The size of the real objects; null where they stay where they are.</summary>
    public ObjectMeasure? Objects { get; init; }

    /// <summary>How much room the disk of the state directory has.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>Reads them off a run that went through.</summary>
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
