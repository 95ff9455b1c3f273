using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// As soon as pachd watches a cron pipeline, it makes the ticks that are due since the start of the input, and stopping the pipeline does not always
/// prevent this. A stopped pipeline has to be created and stopped before the ticks of its repo are sent, so that it computes nothing. So it gets a
/// start time in the far future. When its repo has a tick, pachd continues from that tick and ignores the start.
/// </summary>
public sealed class StoppedCronStarts : IRule
{
    private const string Rule = "cron-start";

    private const string Why = "the pipeline is stopped and is created before its ticks arrive, so pachd would at once make ticks from the old start on; "
    + "pachd continues from the newest tick in the repo, and ignores the start then";

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
