using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Testing;
using PachUp.Verification.Files;

namespace PachUp.Verification.Tests.Files;

public class JournalLedgerTests
{
    private static readonly ComparedCommit Commit = new("images", "a1");

    [Fact]
    public void A_commit_that_was_kept_whole_is_not_compared_again_after_an_interruption()
    {
        var run = new RecordingRun();
        new JournalLedger(run).Keep(Commit, new FilesCompared { Commits = 1, Files = 3, Kept = 3, BytesRead = 42 });

        var found = new JournalLedger(run).Find(Commit);

        Assert.Equal((1, 3, 3, 42), (found!.Commits, found.Files, found.Kept, found.BytesRead));
        Assert.Null(new JournalLedger(run).Find(new ComparedCommit("images", "a2")));
    }

    [Fact]
    public void A_commit_with_a_difference_is_compared_again_so_that_its_files_are_named()
    {
        var run = new RecordingRun();

        new JournalLedger(run).Keep(Commit, new FilesCompared { Files = 3, Kept = 2, Lost = [new InventoryItem(ItemKind.File, "images@a1:/x")] });

        Assert.Empty(run.Checkpoints);
    }

    [Fact]
    public void What_is_known_is_not_written_down_twice()
    {
        var run = new RecordingRun();
        var ledger = new JournalLedger(run);

        ledger.Keep(Commit, new FilesCompared { Files = 1, Kept = 1 });
        ledger.Keep(Commit, new FilesCompared { Files = 1, Kept = 1 });

        Assert.Single(run.Checkpoints);
    }

    /// <summary>A step whose journal is a list.</summary>
    private sealed class RecordingRun : IStepExecution
    {
        private readonly AskedContext _context = AskedContext.Of(Inventories.Of());
        private readonly List<Checkpoint> _checkpoints = [];

        public string StepId => "verify";

        public string RunDirectory => throw new InvalidOperationException("the ledger writes no files");

        public IProgress<StepProgress> Progress { get; } = new Progress<StepProgress>();

        public TimeProvider Time => TimeProvider.System;

        public IReadOnlyList<Checkpoint> Checkpoints => _checkpoints;

        public PlanPurpose Purpose => _context.Purpose;

        public ICluster Source => _context.Source;

        public ICluster Target => _context.Target;

        public bool IsInPlace => _context.IsInPlace;

        public bool CarriesObjects => _context.CarriesObjects;

        public Release TargetRelease => _context.TargetRelease;

        public MigrationRoute Route => _context.Route;

        public Survey Survey => _context.Survey;

        public ImmutableArray<ICheck> Checks => _context.Checks;

        public ILogger Log => _context.Log;

        public void Record(Checkpoint checkpoint) => _checkpoints.Add(checkpoint);
    }
}
