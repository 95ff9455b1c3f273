using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>Makes cron inputs tick: each tick is a commit of the input's repo. Safe to use from several threads.</summary>
internal sealed class CronTicker(Pachd pachd, CronMonitors monitors, TickFile file, FileWriter files, CommitMaker maker, CommitFinisher finisher)
{
    // A tick that cannot be made, since its repo is gone for example, is tried again after this time.
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _pausedUntil = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BegunTick> _begun = new(StringComparer.Ordinal);
    private int _pauses;

    private sealed record BegunTick(CronTick Tick, Commit Commit);

    private bool IsPaused => _pauses > 0 || pachd.Settings.TicksOnRequest;

    /// <summary>Makes the ticks that are due, one of each input; inputs that are behind have more.</summary>
    /// <returns>Whether there was any.</returns>
    public bool TickOnce()
    {
        lock (_lock)
        {
            return !IsPaused && DueTicks().ToList().FindAll(TryMake).Count > 0;
        }
    }

    /// <summary>Makes no tick while the cluster is filled. Afterwards the ticks that are due count as made.</summary>
    /// <returns>Ends the pause when it is disposed.</returns>
    public IDisposable Pause()
    {
        lock (_lock)
        {
            _pauses++;
        }

        return new PauseEnd(this);
    }

    /// <summary>How long it takes until the next tick is to be made; zero where one is due, null where there is none to come.</summary>
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

    /// <summary>Makes the next tick of the input with a repo, where one is due; its monitor begins for that.</summary>
    /// <returns>Whether one was due.</returns>
    public bool Tick(string repo)
    {
        lock (_lock)
        {
            if (!_begun.Remove(repo, out var begun))
                return FindDue(repo) is { } due && TryMake(due);

            pachd.Metadata.Do(() => End(begun));
            return true;
        }
    }

    /// <summary>Begins the next tick of the input with a repo, where one is due: its commit stays open until <see cref="Tick"/>.</summary>
    /// <returns>Whether one was due.</returns>
    public bool BeginTick(string repo)
    {
        lock (_lock)
        {
            if (FindDue(repo) is not { } due)
                return false;

            _begun[repo] = pachd.Metadata.Do(() => Begin(due));
            return true;
        }
    }

    /// <summary>Makes the cron inputs of a pipeline tick now, whatever their schedule says.</summary>
    /// <exception cref="PachdError">It has none, or a tick cannot be made.</exception>
    public void TickNow(PipelineInfo pipeline)
    {
        var crons = CronMonitors.CronsOf(pipeline).ToList();
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

    /// <summary>When a tick is to be made: at its moment, or after a pause where it failed.</summary>
    private DateTimeOffset MomentOf(CronTick tick) =>
        _pausedUntil.TryGetValue(tick.Input.Repo, out var pause) && pause > tick.At ? pause : tick.At;

    /// <summary>Makes a tick. Where something stands in its way, such as an open head, the monitor begins again and tries what is due then.</summary>
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

    private void Make(CronTick tick) => pachd.Metadata.Do(() => End(Begin(tick)));

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
