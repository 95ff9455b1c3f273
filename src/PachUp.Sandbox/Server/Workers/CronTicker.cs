using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>Makes cron inputs tick. Each tick is a commit in the repo of the input. Safe to use from several threads.</summary>
internal sealed class CronTicker(Pachd pachd, CronMonitors monitors, TickFile file, FileWriter files, CommitMaker maker, CommitFinisher finisher)
{
    // A tick that fails, for example because its repo was deleted, is tried again after this time.
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _pausedUntil = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BegunTick> _begun = new(StringComparer.Ordinal);
    private int _pauses;

    private sealed record BegunTick(CronTick Tick, Commit Commit);

    private bool IsPaused => _pauses > 0 || pachd.Settings.TicksOnRequest;

    /// <summary>Makes one tick of each input that has a tick due.</summary>
    /// <returns>Whether a tick was made.</returns>
    public bool TickOnce()
    {
        lock (_lock)
        {
            return !IsPaused && DueTicks().ToList().FindAll(TryMake).Count > 0;
        }
    }

    /// <summary>Stops ticks while the cluster is filled. After the pause, ticks that are due count as made.</summary>
    /// <returns>Dispose it to end the pause.</returns>
    public IDisposable Pause()
    {
        lock (_lock)
        {
            _pauses++;
        }

        return new PauseEnd(this);
    }

    /// <summary>The time until the next tick; zero if one is due, null if there is no next tick.</summary>
    public TimeSpan? UntilNext()
    {
        lock (_lock)
        {
            if (IsPaused)
                return null;

            var now = pachd.Clock.GetUtcNow();
            return monitors.NextTicks().Select(tick => (TimeSpan?)(MomentOf(tick) > now ? MomentOf(tick) - now : TimeSpan.Zero)).Min();
        }
    }

    /// <summary>Restarts the monitor of the input with a repo, and makes its next tick if one is due.</summary>
    /// <returns>Whether a tick was due.</returns>
    public bool Tick(string repo)
    {
        lock (_lock)
        {
            if (!_begun.Remove(repo, out var begun))
                return FindDue(repo) is { } due && TryMake(due);

            pachd.Metadata.InTransaction(() => End(begun));
            return true;
        }
    }

    /// <summary>Begins the next tick of the input with a repo if one is due. Its commit stays open until <see cref="Tick"/>.</summary>
    /// <returns>Whether a tick was due.</returns>
    public bool BeginTick(string repo)
    {
        lock (_lock)
        {
            if (FindDue(repo) is not { } due)
                return false;

            _begun[repo] = pachd.Metadata.InTransaction(() => Begin(due));
            return true;
        }
    }

    /// <summary>Makes the cron inputs of a pipeline tick now, outside their schedule.</summary>
    /// <exception cref="PachdError">The pipeline has no cron input, or a tick fails.</exception>
    public void TickNow(PipelineInfo pipeline)
    {
        var crons = PipelineInputs.Crons(pipeline).ToList();
        if (crons.Count == 0)
            throw new PachdError("pipeline must have a cron input");

        var now = pachd.Clock.GetUtcNow();
        crons.ForEach(input => Make(new CronTick(input, monitors.NewestIn(input), now)));
    }

    private void EndPause()
    {
        lock (_lock)
        {
            monitors.CountAllAsMade();
            _pauses--;
        }
    }

    private CronTick? FindDue(string repo)
    {
        monitors.BeginAgain(repo);
        return DueTicks().FirstOrDefault(tick => tick.Input.Repo == repo);
    }

    private IEnumerable<CronTick> DueTicks()
    {
        var now = pachd.Clock.GetUtcNow();
        return monitors.NextTicks().Where(tick => MomentOf(tick) <= now);
    }

    /// <summary>When to make a tick: at its time, or after the pause that follows a failure.</summary>
    private DateTimeOffset MomentOf(CronTick tick) =>
        _pausedUntil.TryGetValue(tick.Input.Repo, out var pause) && pause > tick.At ? pause : tick.At;

    /// <summary>Makes a tick. After a failure, for example because the head is open, restarts the monitor and tries once more.</summary>
    private bool TryMake(CronTick tick)
    {
        var repo = tick.Input.Repo;
        var isMade = IsMade(tick) || (FindDue(repo) is { } again && IsMade(again));
        if (isMade)
            _pausedUntil.Remove(repo);
        else
            _pausedUntil[repo] = pachd.Clock.GetUtcNow() + PauseAfterFailure;

        return isMade;
    }

    private bool IsMade(CronTick tick)
    {
        try
        {
            Make(tick);
            monitors.CountFrom(tick);
            return true;
        }
        catch (PachdError)
        {
            return false;
        }
    }

    private void Make(CronTick tick) => pachd.Metadata.InTransaction(() => End(Begin(tick)));

    private BegunTick Begin(CronTick tick) =>
        new(tick, maker.Make(new NewCommit { Parent = Refs.Commit(tick.Input.Repo, ""), Branch = Refs.MasterBranch }));

    private void End(BegunTick begun)
    {
        files.Put(new FileWriter.Target(begun.Commit.Repo.Name, begun.Commit.Id, Refs.MasterBranch), file.Writes(begun.Tick));
        finisher.Finish(new FinishCommitRequest { Commit = begun.Commit });
    }

    private sealed class PauseEnd(CronTicker ticker) : IDisposable
    {
        public void Dispose() => ticker.EndPause();
    }
}
