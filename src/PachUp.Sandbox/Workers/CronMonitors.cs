using PachUp.Pachyderm.Schedules;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Pfs;
using PachUp.Sandbox.Pps;

namespace PachUp.Sandbox.Workers;

/// <summary>
/// Knows when cron inputs tick. Each has a monitor, as in pachd: when it begins it reads the newest tick in its repo, or the start in the spec where there
/// is none, and from then on it counts by itself, whatever is put into the repo. Stopping a pipeline stops its workers alone; its monitor goes on.
/// Not safe to use from several threads.
/// </summary>
internal sealed class CronMonitors(Pachd pachd, PpsTraits traits, PipelineShelf pipelines, CommitTrees trees, CommitResolver resolver, CommitDeleter deleter, TickFile file)
{
    private readonly Dictionary<string, Monitor> _monitors = new(StringComparer.Ordinal);

    private sealed record Monitor(string SpecCommit, CronInput Input, DateTimeOffset Latest);

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
    public void BeginAgain(string repo) => _monitors.Remove(repo);

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

    private void BeginAndEnd()
    {
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

            _monitors[input.Repo] = new Monitor(specCommit, input, NewestIn(input));
        }
        catch (PachdError)
        {
            // The server tries again and again, and says so in its log alone.
            _monitors.Remove(input.Repo);
        }
    }

    /// <summary>A tick that was begun and not ended makes way.</summary>
    private void DeleteOpenHead(string repo)
    {
        var head = pachd.Metadata.Do(() => pachd.Metadata.Branches(repo).Find(Refs.MasterBranch)?.Head is { } commit && pachd.Metadata.OpenCommits.Contains(commit.Id) ? commit : null);
        if (head is not null)
            deleter.Delete(head);
    }

    private static CronTick? NextTick(Monitor monitor) =>
        CronSchedule.Parse(monitor.Input.Spec).Next(monitor.Latest) is { } next ? new CronTick(monitor.Input, monitor.Latest, next) : null;
}
