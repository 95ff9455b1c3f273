using System.Text;
using PachUp.Engine.Planning;
using PachUp.Engine.Verification;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Runs;

/// <summary>What a run left out, changed and kept, as plain text that can be filed with the change request.</summary>
public static class RunReport
{
    /// <summary>The report of a run.</summary>
    public static string Write(PlanPreview preview, RunResult result)
    {
        var text = new StringBuilder();
        text.AppendLine($"Run {result.Run.Id} of plan {preview.PlanName} ({preview.Hash}): {result.Outcome.ToString().ToLowerInvariant()}");
        text.Append($"From {preview.Source.Release} at {preview.Source.Address} (cluster {preview.Source.ClusterId}) ");
        text.AppendLine($"to {preview.TargetRelease} at {preview.Target.Address}");
        WriteSteps(text, result);
        if (result.Verification is { } verification)
        {
            WriteVerification(text, verification);
        }

        WriteChanges(text, preview);
        return text.ToString();
    }

    private static void WriteSteps(StringBuilder text, RunResult result)
    {
        text.AppendLine().AppendLine("Steps");
        foreach (var step in result.Steps)
        {
            var duration = step.Duration is { } took ? $" ({Words.Duration(took)})" : "";
            text.AppendLine($"  {step.Id}: {step.State.ToString().ToLowerInvariant()}{duration} {step.Text}".TrimEnd());
        }
    }

    private static void WriteVerification(StringBuilder text, VerificationReport verification)
    {
        text.AppendLine().AppendLine("Arrived").AppendLine($"  {ArrivalLine.Of(verification)}");
        WriteItems(text, "Lost", verification.Lost);
        WriteItems(text, "Different without having been announced", verification.Changed);
        WriteItems(text, "Added since", verification.Added);
        foreach (var error in verification.FsckErrors)
        {
            text.AppendLine($"  fsck: {error}");
        }
    }

    private static void WriteItems(StringBuilder text, string title, IReadOnlyCollection<InventoryItem> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        text.AppendLine().AppendLine(title);
        foreach (var item in items)
        {
            text.AppendLine($"  {Describe(item)}");
        }
    }

    private static void WriteChanges(StringBuilder text, PlanPreview preview)
    {
        foreach (var kind in preview.Changes.GroupBy(change => change.Kind).OrderBy(group => group.Key))
        {
            text.AppendLine().AppendLine(TitleOf(kind.Key));
            foreach (var change in kind)
            {
                text.AppendLine($"  {Describe(change.Item)} [{change.Rule}] {change.Why}");
            }
        }
    }

    private static string TitleOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Renamed => "Renamed, as announced",
        ChangeKind.Changed => "Changed, as announced",
        ChangeKind.Recomputed => "Computed again by the target, as announced",
        ChangeKind.LeftOut => "Left out, as announced",
        ChangeKind.Kept => "Kept as it is, as chosen",
        _ => kind.ToString(),
    };

    private static string Describe(InventoryItem item) =>
        $"{item.Kind.ToString().ToLowerInvariant()} {item.Name}{(item.Detail.Length > 0 ? $": {item.Detail}" : "")}";
}
