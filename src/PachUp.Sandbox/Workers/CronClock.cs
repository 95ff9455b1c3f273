using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Pfs;
using PachUp.Sandbox.Pps;

namespace PachUp.Sandbox.Workers;

/// <summary>Knows when cron inputs tick. What they count from is in their repos alone, so a restored cluster goes on where the old one was.</summary>
internal sealed class CronClock(Pachd pachd, PipelineShelf pipelines, CommitTrees trees, CommitResolver resolver, TickFile file)
{
    /// <summary>The next tick of each cron input of the pipelines that run, whether it is due or not.</summary>
    public IReadOnlyList<CronTick> NextTicks() => [.. pipelines.Running().SelectMany(CronsOf).Select(NextTick).OfType<CronTick>()];

    /// <summary>The cron inputs of a pipeline.</summary>
    public static IEnumerable<CronInput> CronsOf(PipelineInfo pipeline) =>
        PipelineInputs.All(pipeline.Input).Select(input => input.Cron).OfType<CronInput>();

    /// <summary>The moment that an input counts on from.</summary>
    /// <exception cref="PachdError">The newest tick cannot be read.</exception>
    public DateTimeOffset CountsFrom(CronInput input) => pachd.Metadata.Do(() =>
    {
        var head = pachd.Metadata.Branches(input.Repo).Find(Refs.MasterBranch)?.Head;
        var newest = head is null ? null : resolver.ResolveId(head);
        while (newest is not null && resolver.Resolve(newest) is { Finished: null } open)
        {
            newest = open.ParentCommit;
        }

        return file.MomentIn(trees.OfFinished(newest)) ?? input.Start.ToDateTimeOffset();
    });

    private CronTick? NextTick(CronInput input)
    {
        try
        {
            var from = CountsFrom(input);
            return CronSchedule.Parse(input.Spec).Next(from) is { } next ? new CronTick(input, from, next) : null;
        }
        catch (PachdError)
        {
            // The server tries again and again, and says so in its log alone.
            return null;
        }
    }
}
