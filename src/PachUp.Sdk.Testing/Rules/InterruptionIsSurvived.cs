using PachUp.Engine.Runs.Journals;
using PachUp.Sdk.Testing.Environments;

namespace PachUp.Sdk.Testing.Rules;

/// <inheritdoc cref="ConformanceRules.InterruptionIsSurvived"/>
internal sealed class InterruptionIsSurvived : Rule
{
    public override string Name => RuleNames.InterruptionIsSurvived;

    public override async Task<string> LookAsync(Trial plugin, CancellationToken cancellationToken)
    {
        var undisturbed = await UndisturbedRun.OfAsync(plugin, cancellationToken);

        var records = Choose([.. undisturbed.Records.SkipLast(1)], plugin.Interruptions);
        foreach (var record in records)
        {
            await ResumedRun.CompareAsync(plugin, undisturbed, CrashingJournal.Behind(record.Seq), $"the run ended after {Describe(record)}", cancellationToken);
        }

        return $"interrupted after {records.Count} of {undisturbed.Records.Count} records; after the last record there is nothing to resume";
    }

    private static IReadOnlyList<JournalRecord> Choose(IReadOnlyList<JournalRecord> records, int? count) => count is { } some && some < records.Count
        ? [.. Enumerable.Range(1, some).Select(number => records[(number * records.Count / some) - 1])]
        : records;

    private static string Describe(JournalRecord record) => $"record {record.Seq} ({record.Event} {record.Step} {record.Checkpoint?.Kind}".TrimEnd() + ")";
}
