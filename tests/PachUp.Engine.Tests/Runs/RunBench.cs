using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Runs;

/// <summary>Applies, resumes and rolls back a small plan, and records what steps and journal do, in order.</summary>
internal sealed class RunBench : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _transcript = [];
    private int _journaled;

    public RunBench() => Steps = new ScriptedSteps((_, what) => Note(what));

    /// <summary>A bench whose second step has the output of the first as its text: "green", if the first succeeds.</summary>
    public static RunBench WithLookUp()
    {
        var bench = new RunBench
        {
            Text = """
                steps:
                  - { id: one, uses: test/undoable }
                  - { id: two, uses: test/undoable, with: { text: "${steps.one.color}" } }
                """,
        };
        bench.Steps.Acts["one"] = _ => new StepResult("Mixed") { Outputs = NamedValues.Of(("color", "green")) };
        return bench;
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));

    public ScriptedSteps Steps { get; }

    public RecordingObserver Observer { get; private set; } = new();

    public StateDirectory State => new(_folder.File("state"));

    /// <summary>The <c>steps:</c> of the plan.</summary>
    public string Text { get; init; } = SamplePlan.ThreeSteps;

    /// <summary>The environment variables of the plan.</summary>
    public (string Name, string Value)[] Environment { get; init; } = [];

    /// <summary>The only run.</summary>
    public RunDirectory Run => Assert.Single(State.ListRuns());

    /// <summary>The address of a source that answers; null if the source does not matter.</summary>
    public ClusterAddress? Source { get; init; }

    /// <summary>Whether the target takes the place of a source that answers.</summary>
    public bool IsInPlace { get; init; }

    /// <summary>The platform of both clusters; null if it does not matter.</summary>
    public IPlatform? Platform { get; init; }

    /// <summary>Whether a plugin offers a step that carries late writes.</summary>
    public bool OffersCatchUp { get; set; } = true;

    public PlannedMigration Plan => SamplePlan.Read(Steps.Catalogue, Text, Environment) is var document && Source is { } source
        ? SamplePlan.From(source, document, IsInPlace, OffersCatchUp ? Steps.CatchUp : null)
        : SamplePlan.Of(document, Platform, IsInPlace);

    public IReadOnlyList<JournalRecord> Records => Journal.Read(Run.File(RunFiles.Journal));

    /// <summary>What happened since the last call: the records of the journal and the actions of steps.</summary>
    public IReadOnlyList<string> TakeTranscript()
    {
        NoteJournal();
        List<string> taken = [.. _transcript];
        _transcript.Clear();
        return taken;
    }

    public Task<RunResult> ApplyAsync(IJournalWatch? watch = null, CancellationToken cancellationToken = default) =>
        Runner(watch).ApplyAsync(Plan, NewObserver(), cancellationToken);

    public Task<RunResult> ResumeAsync(IJournalWatch? watch = null) => Runner(watch).ResumeAsync(Run, Plan, NewObserver(), CancellationToken.None);

    public Task<RunResult> CatchUpAsync() => Runner(watch: null).CatchUpAsync(Run, Plan, NewObserver(), CancellationToken.None);

    public Task<RollbackResult> RollBackAsync(CancellationToken cancellationToken = default) =>
        new Rollback(State, Time).RunAsync(Run, Plan, NewObserver(), cancellationToken);

    /// <summary>An expected failure of a step.</summary>
    public static StepFailedException Failure(FailureKind kind = FailureKind.Failed) => new("the disk is on fire", "Put it out.") { Kind = kind };

    public void Dispose() => _folder.Dispose();

    private Runner Runner(IJournalWatch? watch) => new(State, Time) { Watch = watch };

    private RecordingObserver NewObserver() => Observer = new RecordingObserver();

    private void Note(string what)
    {
        NoteJournal();
        _transcript.Add(what);
    }

    private void NoteJournal()
    {
        if (State.ListRuns() is not [var run])
        {
            return;
        }

        var records = Journal.Read(run.File(RunFiles.Journal));
        _transcript.AddRange(records.Skip(_journaled).Select(Describe));
        _journaled = records.Count;
    }

    private static string Describe(JournalRecord record)
    {
        var text = record.Event == JournalEvent.RunStarted || record.Text.Length == 0 ? "" : $": {record.Text}";
        return $"  journal {$"{JsonNamingPolicy.KebabCaseLower.ConvertName(record.Event.ToString())} {record.Step}".Trim()}{text}";
    }
}

/// <summary>Throws before a record is written, to simulate a full disk or the end of the process.</summary>
/// <param name="condition">Selects the record.</param>
/// <param name="thrown">The exception.</param>
internal sealed class FailingWatch(Func<JournalRecord, bool> condition, Exception thrown) : IJournalWatch
{
    public void Writing(JournalRecord record)
    {
        if (condition(record))
        {
            throw thrown;
        }
    }

    public void Written(JournalRecord record)
    {
        // It is too late to stop a written record.
    }
}
