using PachUp.Pachyderm.Schedules;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;
using PachUp.Sandbox.Server.Pps;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>
/// Knows when cron inputs tick. Each has a monitor, as in pachd: when it begins it reads the newest tick in its repo, or the start in the spec where there
/// is none, and from then on it counts by itself, whatever is put into the repo. Stopping a pipeline stops its workers alone; its monitor goes on.
/// Not safe to use from several threads.
/// </summary>
internal sealed class CronMonitors(Pachd pachd, PpsTraits traits, PipelineShelf pipelines, CommitTrees trees, CommitResolver resolver, CommitDeleter deleter, TickFile file)
{
    private readonly Dictionary<string, Monitor> _monitors = new(StringComparer.Ordinal);
    private long? _seenPipelines;

    /// <param name="SpecCommit">The spec that the input is in.</param>
    /// <param name="Input">The input.</param>
    /// <param name="Latest">The newest tick, or the start in the spec where there is none.</param>
    /// <param name="CountsFrom">The moment up to which ticks count as made.</param>
    private sealed record Monitor(string SpecCommit, CronInput Input, DateTimeOffset Latest, DateTimeOffset CountsFrom);

    /// <summary>The next tick of each cron input that has a monitor, whether it is due or not.</summary>
    public IReadOnlyList<CronTick> NextTicks()
    {
        BeginAndEnd();
        return [.. _monitors.Values.Select(NextTick).OfType<CronTick>()];
    }

    /// <summary>The cron inputs of a pipeline.</summary>
    public static IEnumerable<CronInput> CronsOf(PipelineInfo pipeline) =>
        PipelineInputs.All(pipeline.Input).Select(input => input.Cron).OfType<CronInput>();

    /// <summary>Counts on from a tick that was made.</summary>
    public void CountFrom(CronTick made)
    {
        if (_monitors.TryGetValue(made.Input.Repo, out var monitor))
            _monitors[made.Input.Repo] = monitor with { Latest = made.At };
    }

    /// <summary>Lets the monitor of an input begin again, as it does after an error.</summary>
    public void BeginAgain(string repo)
    {
        _monitors.Remove(repo);
        _seenPipelines = null;
    }

    /// <summary>Lets the ticks that are due by now count as made, as in a cluster that has run until now; all monitors begin again.</summary>
    public void CountAllAsMade()
    {
        var now = pachd.Now();
        pachd.Metadata.Do(() =>
        {
            foreach (var input in pipelines.NotFailed().SelectMany(pipeline => CronsOf(pipeline.Spec)))
            {
                pachd.Metadata.TickedUntil.Put(input.Repo, now);
            }
        });
        _monitors.Clear();
        _seenPipelines = null;
    }

    /// <summary>The moment of the newest tick in a repo; the start of the input where there is none.</summary>
    /// <exception cref="PachdError">The newest tick cannot be read.</exception>
    public DateTimeOffset NewestIn(CronInput input) => pachd.Metadata.Do(() =>
    {
        var head = pachd.Metadata.Branches(input.Repo).Find(Refs.MasterBranch)?.Head;
        var newest = head is null ? null : resolver.ResolveId(head);
        while (newest is not null && resolver.Resolve(newest) is { Finished: null } open)
        {
            newest = open.ParentCommit;
        }

        return file.MomentIn(trees.OfFinished(newest)) ?? input.Start.ToDateTimeOffset();
    });

    /// <summary>Begins the monitors of new specs and ends those of pipelines that are gone. Only pipelines that have changed can have such.</summary>
    private void BeginAndEnd()
    {
        var version = pachd.Metadata.Do(() => pachd.Metadata.Pipelines.Version);
        if (version == _seenPipelines)
            return;

        _seenPipelines = version;
        var inputs = pipelines.NotFailed().SelectMany(pipeline => CronsOf(pipeline.Spec).Select(input => (pipeline.Record, pipeline.Spec, Input: input))).ToList();
        foreach (var gone in _monitors.Keys.Except(inputs.Select(input => input.Input.Repo)).ToList())
        {
            _monitors.Remove(gone);
        }

        foreach (var (record, spec, input) in inputs)
        {
            // Stopping writes a new spec, which most releases do not look at until the pipeline is started again.
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

            var countsFrom = pachd.Metadata.Do(() => pachd.Metadata.TickedUntil.Find(input.Repo))?.ToDateTimeOffset();
            _monitors[input.Repo] = new Monitor(specCommit, input, NewestIn(input), countsFrom ?? DateTimeOffset.MinValue);
        }
        catch (PachdError)
        {
            // The server tries again and again, and says so in its log alone.
            BeginAgain(input.Repo);
        }
    }

    /// <summary>A tick that was begun and not ended makes way.</summary>
    private void DeleteOpenHead(string repo)
    {
        var head = pachd.Metadata.Do(() => pachd.Metadata.Branches(repo).Find(Refs.MasterBranch)?.Head is { } commit && pachd.Metadata.OpenCommits.Contains(commit.Id) ? commit : null);
        if (head is not null)
            deleter.Delete(head);
    }

    private static CronTick? NextTick(Monitor monitor)
    {
        var after = monitor.Latest > monitor.CountsFrom ? monitor.Latest : monitor.CountsFrom;
        return CronSchedule.Parse(monitor.Input.Spec).Next(after) is { } next ? new CronTick(monitor.Input, monitor.Latest, next) : null;
    }
}
