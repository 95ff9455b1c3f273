using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Schedules;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;
using PachUp.Sandbox.Server.Pps;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>
/// Computes when cron inputs tick. Each input has a monitor, as in pachd. A new monitor reads the newest tick in the repo, or the start in the spec where
/// there is none. From then on it counts by itself and ignores other commits in the repo. In 1.8, stopping a pipeline ends its monitor; in
/// other releases the monitor goes on. Not safe to use from several threads.
/// </summary>
internal sealed class CronMonitors(Pachd pachd, PpsTraits traits, PipelineSpecs pipelines, CommitTrees trees, CommitResolver resolver, CommitDeleter deleter, TickFile file)
{
    private readonly Dictionary<string, Monitor> _monitors = new(StringComparer.Ordinal);
    private long? _seenPipelines;

    /// <param name="SpecCommit">The spec that the input is in.</param>
    /// <param name="Input">The input.</param>
    /// <param name="Latest">The newest tick, or the start in the spec where there is none.</param>
    /// <param name="CountsFrom">The time until which ticks count as made.</param>
    private sealed record Monitor(string SpecCommit, CronInput Input, DateTimeOffset Latest, DateTimeOffset CountsFrom);

    /// <summary>The next tick of each cron input that has a monitor, whether it is due or not.</summary>
    public IReadOnlyList<CronTick> NextTicks()
    {
        BeginAndEnd();
        return [.. _monitors.Values.Select(NextTick).OfType<CronTick>()];
    }

    /// <summary>Records that a tick was made.</summary>
    public void CountFrom(CronTick made)
    {
        if (_monitors.TryGetValue(made.Input.Repo, out var monitor))
            _monitors[made.Input.Repo] = monitor with { Latest = made.At };
    }

    /// <summary>Restarts the monitor of an input, as pachd does after an error, whether the pipeline is stopped or not.</summary>
    public void BeginAgain(string repo)
    {
        if (_monitors.Remove(repo, out var monitor))
            TryBegin(monitor.SpecCommit, monitor.Input);

        _seenPipelines = null;
    }

    /// <summary>Counts all ticks that are due as made, as in a cluster that has run until now, and restarts all monitors.</summary>
    public void CountAllAsMade()
    {
        var now = pachd.Now();
        pachd.Metadata.InTransaction(() =>
        {
            foreach (var input in pipelines.NotFailed().SelectMany(pipeline => PipelineInputs.Crons(pipeline.Spec)))
            {
                pachd.Metadata.TickedUntil.Put(input.Repo, now);
            }
        });
        _monitors.Clear();
        _seenPipelines = null;
    }

    /// <summary>The time of the newest tick in a repo; the start of the input if there is none.</summary>
    /// <exception cref="PachdError">The newest tick cannot be read.</exception>
    public DateTimeOffset NewestIn(CronInput input) => pachd.Metadata.InTransaction(() =>
    {
        var head = pachd.Metadata.Branches(input.Repo).Find(Refs.MasterBranch)?.Head;
        var newest = head is null ? null : resolver.ResolveId(head);
        while (newest is not null && resolver.Resolve(newest) is { Finished: null } open)
        {
            newest = open.ParentCommit;
        }

        return file.MomentIn(trees.OfFinished(newest)) ?? input.Start.ToDateTimeOffset();
    });

    /// <summary>Starts monitors for new specs and stops those of deleted pipelines. Does nothing while no pipeline has changed.</summary>
    private void BeginAndEnd()
    {
        var version = pachd.Metadata.InTransaction(() => pachd.Metadata.Pipelines.Version);
        if (version == _seenPipelines)
            return;

        _seenPipelines = version;
        var monitored = pipelines.NotFailed().Where(pipeline => !(pipeline.Spec.Stopped && traits.StopEndsTicks));
        var inputs = monitored.SelectMany(pipeline => PipelineInputs.Crons(pipeline.Spec).Select(input => (pipeline.Record, pipeline.Spec, Input: input))).ToList();
        foreach (var gone in _monitors.Keys.Except(inputs.Select(input => input.Input.Repo)).ToList())
        {
            _monitors.Remove(gone);
        }

        foreach (var (record, spec, input) in inputs)
        {
            // Stopping writes a new spec. Most releases ignore it until the pipeline is started again.
            var isCurrent = _monitors.TryGetValue(input.Repo, out var monitor) && monitor.SpecCommit == record.SpecCommit.Id;
            if (!isCurrent && (!spec.Stopped || traits.MonitorsStoppedCrons))
                TryBegin(record.SpecCommit.Id, input);
        }
    }

    private void TryBegin(string specCommit, CronInput input)
    {
        try
        {
            if (traits.DeletesOpenTicks)
                DeleteOpenHead(input.Repo);

            var countsFrom = pachd.Metadata.InTransaction(() => pachd.Metadata.TickedUntil.Find(input.Repo))?.ToDateTimeOffset();
            _monitors[input.Repo] = new Monitor(specCommit, input, NewestIn(input), countsFrom ?? DateTimeOffset.MinValue);
        }
        catch (PachdError)
        {
            // The server tries again, and reports it only in its log.
            _monitors.Remove(input.Repo);
            _seenPipelines = null;
        }
    }

    /// <summary>Deletes a tick that was begun and not finished.</summary>
    private void DeleteOpenHead(string repo)
    {
        var head = pachd.Metadata.InTransaction(() => pachd.Metadata.Branches(repo).Find(Refs.MasterBranch)?.Head is { } commit && pachd.Metadata.OpenCommits.Contains(commit.Id) ? commit : null);
        if (head is not null)
            deleter.Delete(head);
    }

    private static CronTick? NextTick(Monitor monitor)
    {
        var after = monitor.Latest > monitor.CountsFrom ? monitor.Latest : monitor.CountsFrom;
        return CronSchedule.Parse(monitor.Input.Spec).Next(after) is { } next ? new CronTick(monitor.Input, monitor.Latest, next) : null;
    }
}
