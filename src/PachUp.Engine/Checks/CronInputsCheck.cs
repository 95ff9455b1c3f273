using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Sdk.Rewriting;

namespace PachUp.Engine.Checks;

/// <summary>Cron inputs tick while a state is extracted and restored, and in both clusters afterwards.</summary>
internal sealed class CronInputsCheck : PipelineKindCheck
{
    public override string Name => "cron-inputs";

    public override string Question => "Are there pipelines that a clock starts?";

    public override CheckGuide Guide { get; } = new()
    {
        Why = "A tick writes into the repo PIPELINE_INPUT. During an extract it gives archives that cannot be restored (\"commit ... not found\"); "
            + "between the commits that a restore sends it gets a place that is not its own. PachUp stops cron pipelines for the extract and "
            + "holds them back in the target until everything has arrived.",
        WhenPassed = "No pipeline has a cron input.",
        WhenWarned = "No tick happens while the migration runs. After a migration beside the source, do not start the source's pipelines again, "
            + "or both clusters tick.",
    };

    protected override string Kind => "cron input";

    protected override string Remedy => "Choose a time at which no tick is missed that matters.";

    protected override string Found(string count) => $"{count} will not tick while the migration runs";

    protected override IEnumerable<string> Parts(PipelineInfo pipeline) => PipelineInputs.All(pipeline.Input)
        .Where(input => input.Cron is not null)
        .Select(input => $"ticks \"{input.Cron.Spec}\" into repo {CronRepo(pipeline, input.Cron)}");

    private static string CronRepo(PipelineInfo pipeline, CronInput cron) => cron.Repo.Length > 0 ? cron.Repo : $"{pipeline.Pipeline.Name}_{cron.Name}";
}
