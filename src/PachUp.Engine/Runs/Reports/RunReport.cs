using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PachUp.Common.Files;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.Runs.Reports.Graphs;
using PachUp.Engine.State;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Comparing;
using PachUp.Verification.LateWrites;
using PachUp.Verification.Records;

namespace PachUp.Engine.Runs.Reports;

/// <summary>What happened in a run, read from what it left in its directory. The renderings of a report show these facts and no others.</summary>
public sealed record RunReport
{
    /// <summary>The format of the JSON form of this version, which is also how such a file is recognised.</summary>
    public const string CurrentFormat = "pachup-report/v1";

    /// <summary>The format of the report.</summary>
    public string Format { get; init; } = CurrentFormat;

    /// <summary>The result in one sentence.</summary>
    public RunVerdict Verdict => RunVerdict.Of(this);

    /// <summary>The directory of the run.</summary>
    public required RunDirectory Run { get; init; }

    /// <summary>The state of the run.</summary>
    public required RunState State { get; init; }

    /// <summary>Who started the run, where, and with what.</summary>
    public RunCircumstances Circumstances { get; init; } = new(User: null, Host: null, Tool: null);

    /// <summary>When the run started; null if it did not start.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>The time of the last record in the journal.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The time from the first record of the journal to the last; null if the run did not start, or if the clock was set back during the run.</summary>
    public TimeSpan? Duration => Ended >= Began ? Ended - Began : null;

    /// <summary>What a rehearsal said, and what it took; null if the run kept no forecast.</summary>
    public ForecastComparison? Forecast { get; init; }

    /// <summary>What is lost or different.</summary>
    public RunLosses Losses => RunLosses.Of(Verification, AfterWork);

    /// <summary>What became of the items of each kind; empty if the run was not verified.</summary>
    public ImmutableArray<KindTally> Kinds { get; init; } = [];

    /// <summary>Every step of the plan, in order.</summary>
    public ImmutableArray<StepOverview> Steps { get; init; } = [];

    /// <summary>The repos and pipelines of the source, and what happened to them; null if the source is not known.</summary>
    public ClusterGraph? Graph { get; init; }

    /// <summary>What the checks found, and who accepted it.</summary>
    public ImmutableArray<FindingOverview> Findings => FindingOverview.Of(Plan);

    /// <summary>The plan that was shown.</summary>
    public required PlanPreview Plan { get; init; }

    /// <summary>What is different on the target, as announced: in the plan, and after a catch-up also about what was carried late.</summary>
    [JsonIgnore]
    public ImmutableArray<AnnouncedChange> Changes => ChangesOf(Plan, Verification, CarriedLate);

    /// <summary>The result of the verification; null if the run was not verified.</summary>
    public VerificationReport? Verification { get; init; }

    /// <summary>Whether the output of the target was proved.</summary>
    public OutputProofState Outputs { get; init; }

    /// <summary>The result of <c>verify --after-work</c>; null if it was not done.</summary>
    public AfterWorkReport? AfterWork { get; init; }

    /// <summary>What was written to the source after the extract, at the last look; null if the run has not looked.</summary>
    public LateWriteReport? LateWrites { get; init; }

    /// <summary>What the catch-ups of the run have carried, pass by pass.</summary>
    public ImmutableArray<CarriedPass> CarriedLate { get; init; } = [];

    /// <summary>The number of items that no release can migrate; null if the run stopped before.</summary>
    public UncarriedCounts? LeftBehind { get; init; }

    /// <summary>The pipelines of the target when the run is done; null if the run was not verified.</summary>
    public PipelinesOverview? Pipelines { get; init; }

    /// <summary>The pipelines of the source that the run stopped.</summary>
    public ImmutableArray<string> Paused { get; init; } = [];

    /// <summary>The hashes by which others can check the run.</summary>
    public RunHashes? Hashes { get; init; }

    /// <summary>Reads the report of a run.</summary>
    /// <exception cref="FormatException">A file of the run is damaged or missing.</exception>
    public static RunReport Read(RunDirectory run) => Of(run, Journal.Read(run.File(RunFiles.Journal)));

    /// <summary>Reads the report of a run whose journal is already read.</summary>
    /// <exception cref="FormatException">A file of the run is damaged or missing.</exception>
    internal static RunReport Of(RunDirectory run, IReadOnlyList<JournalRecord> journal)
    {
        var plan = RunRecord.ReadPreview(run);
        var origin = RunOrigin.TryRead(run);
        var verification = JsonFile.TryRead<VerificationReport>(run.File(RecordFiles.Verification));
        var afterWork = OutputProof.TryReadReport(run.Path);
        var source = TryReadSource(run);
        var carriedLate = CarriedPass.ReadAll(run.Path);
        var changes = ChangesOf(plan, verification, carriedLate);
        ImmutableArray<StepOverview> steps = [.. plan.Steps.Select(step => StepOverview.Of(step, journal)), .. StepOverview.OfCatchUps(journal)];
        return new RunReport
        {
            Run = run,
            State = RunState.Of(journal),
            Circumstances = RunCircumstances.Of(origin),
            Plan = plan,
            Began = journal is [var first, ..] ? first.Time : null,
            Ended = journal is [.., var last] ? last.Time : null,
            Forecast = ForecastComparison.Of(JsonFile.TryRead<DowntimeForecast>(run.File(RunFiles.Forecast)), steps),
            Kinds = KindTally.Of(verification, source, changes),
            Steps = steps,
            Graph = source is null ? null : ClusterGraph.Of(source, new NodeFates(changes, verification, afterWork)),
            Verification = verification,
            Outputs = OutputProof.Of(run.Path),
            AfterWork = afterWork,
            LateWrites = LateWriteReport.TryRead(run.Path),
            CarriedLate = carriedLate,
            LeftBehind = JsonFile.TryRead<UncarriedRecord>(run.File(RecordFiles.LeftBehind)) is { } leftBehind ? UncarriedCounts.Of(leftBehind) : null,
            Pipelines = PipelinesOverview.TryRead(run),
            Paused = [.. NamesIn(run, RecordFiles.PausedPipelines)],
            Hashes = RunHashes.Read(run, plan, origin),
        };
    }

    private static ImmutableArray<AnnouncedChange> ChangesOf(PlanPreview plan, VerificationReport? verification, ImmutableArray<CarriedPass> carriedLate) =>
        carriedLate.IsEmpty || verification is null ? plan.Changes : verification.Announced;

    internal static IReadOnlyList<string> NamesIn(RunDirectory run, string file) => JsonFile.TryRead<List<string>>(run.File(file)) ?? [];

    /// <summary>The source as it was extracted, or else as it was when the plan was made.</summary>
    private static ClusterInventory? TryReadSource(RunDirectory run) =>
        new[] { RecordFiles.ExtractedSource, RecordFiles.SurveyedSource }.Select(run.File).FirstOrDefault(File.Exists) is { } path
            ? InventoryFile.Deserialize(ReadFile.Text(path))
            : null;
}
