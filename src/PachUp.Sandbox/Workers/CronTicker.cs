using System.Collections.Concurrent;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Pfs;

namespace PachUp.Sandbox.Workers;

/// <summary>Makes cron inputs tick: each tick is a commit of the input's repo.</summary>
internal sealed class CronTicker(Pachd pachd, CronClock clock, TickFile file, FileWriter files, CommitMaker maker, CommitFinisher finisher, CommitDeleter deleter)
{
    private readonly ConcurrentDictionary<string, BegunTick> _begun = new(StringComparer.Ordinal);

    private sealed record BegunTick(CronTick Tick, Commit Commit);

    /// <summary>Makes the ticks that are due, one of each input; inputs that are behind have more.</summary>
    /// <returns>Whether there was any.</returns>
    public bool TickOnce() => DueTicks().ToList().FindAll(TryMake).Count > 0;

    /// <summary>Makes the next tick of the input with a repo, where one is due.</summary>
    /// <returns>Whether one was due.</returns>
    public bool Tick(string repo)
    {
        if (_begun.TryRemove(repo, out var begun))
        {
            pachd.Metadata.Do(() => End(begun));
            return true;
        }

        return DueTicks().FirstOrDefault(tick => tick.Input.Repo == repo) is { } due && TryMake(due);
    }

    /// <summary>Begins the next tick of the input with a repo, where one is due: its commit stays open until <see cref="Tick"/>.</summary>
    /// <returns>Whether one was due.</returns>
    public bool BeginTick(string repo)
    {
        if (DueTicks().FirstOrDefault(tick => tick.Input.Repo == repo) is not { } due)
            return false;

        _begun[repo] = pachd.Metadata.Do(() => Begin(due));
        return true;
    }

    /// <summary>Makes the cron inputs of a pipeline tick now, whatever their schedule says.</summary>
    /// <exception cref="PachdError">It has none, or a tick cannot be made.</exception>
    public void TickNow(PipelineInfo pipeline)
    {
        var crons = CronClock.CronsOf(pipeline).ToList();
        if (crons.Count == 0)
            throw new PachdError("pipeline must have a cron input");

        var now = pachd.Clock.GetUtcNow();
        crons.ForEach(input => Make(new CronTick(input, clock.CountsFrom(input), now)));
    }

    private IEnumerable<CronTick> DueTicks()
    {
        var now = pachd.Clock.GetUtcNow();
        return clock.NextTicks().Where(tick => tick.At <= now);
    }

    private bool TryMake(CronTick tick)
    {
        try
        {
            Make(tick);
            return true;
        }
        catch (PachdError)
        {
            // Something stands in its way, such as a repo that somebody deleted; the server tries again later as well.
            return false;
        }
    }

    private void Make(CronTick tick) => pachd.Metadata.Do(() => End(Begin(tick)));

    private BegunTick Begin(CronTick tick)
    {
        DeleteOpenHead(tick.Input.Repo);
        return new BegunTick(tick, maker.Make(new NewCommit { Parent = Refs.Commit(tick.Input.Repo, ""), Branch = Refs.MasterBranch }));
    }

    private void End(BegunTick begun)
    {
        files.Put(new FileWriter.Target(begun.Commit.Repo.Name, begun.Commit.Id, Refs.MasterBranch), file.Writes(begun.Tick));
        finisher.Finish(new FinishCommitRequest { Commit = begun.Commit });
    }

    /// <summary>A tick that was begun and not ended, as before a restore, makes way.</summary>
    private void DeleteOpenHead(string repo)
    {
        if (pachd.Metadata.Branches(repo).Find(Refs.MasterBranch)?.Head is { } head && pachd.Metadata.OpenCommits.Contains(head.Id))
            deleter.Delete(head);
    }
}
