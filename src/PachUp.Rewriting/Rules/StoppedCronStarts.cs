using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// pachd makes the ticks that are due since the start of a cron input as soon as it watches the pipeline, and stopping the pipeline does not
/// always end that. A pipeline that was stopped has to be created and stopped before the ticks of its repo are sent, so that nothing of it is
/// computed: it gets a start at which no tick comes. With a tick in its repo, pachd counts on from that and does not look at the start.
/// </summary>
public sealed class StoppedCronStarts : IRule
{
    private const string Rule = "cron-start";

    private const string Why = "the pipeline is stopped and is created before its ticks arrive, and pachd would make ticks from the old start at once; "
        + "it counts on from the newest tick in the repo, whatever the start says";

    private static readonly DateTimeOffset NoTickBefore = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public Draft Apply(Draft draft)
    {
        var changes = new List<AnnouncedChange>();
        return draft.WithPipelines(pipeline => pipeline.Stopped && PipelineInputs.HasCron(pipeline.Info) ? Hold(pipeline, changes) : pipeline).Announce(changes);
    }

    private static PipelineInventory Hold(PipelineInventory pipeline, List<AnnouncedChange> changes)
    {
        var held = pipeline.Info.Clone();
        foreach (var cron in PipelineInputs.Crons(held))
        {
            changes.Add(new AnnouncedChange(ChangeKind.Changed, Items.Pipeline(pipeline.Name, Detail(cron)), Rule, Why));
            cron.Start = NoTickBefore.ToTimestamp();
        }

        return pipeline with { Info = held };
    }

    private static string Detail(CronInput cron) => $"start of cron input \"{cron.Name}\": {Text(cron.Start?.ToDateTimeOffset())} -> {Text(NoTickBefore)}";

    private static string Text(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "none";
}
