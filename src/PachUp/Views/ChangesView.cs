using System.Collections.Immutable;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Sdk;

namespace PachUp.Views;

/// <summary>Shows everything that is different on the target, grouped by kind of change and rule.</summary>
internal static class ChangesView
{
    private static readonly ChangeKind[] Order = [ChangeKind.LeftOut, ChangeKind.Renamed, ChangeKind.Changed, ChangeKind.Recomputed, ChangeKind.Kept];

    /// <summary>The title before it happens.</summary>
    public const string Ahead = "What will be different on the target:";

    /// <summary>The title afterwards.</summary>
    public const string Afterwards = "Different as announced:";

    public static void Write(Page page, string title, ImmutableArray<AnnouncedChange> changes, ItemLimit limit)
    {
        if (changes.IsEmpty)
        {
            page.Heading("Everything arrives unchanged.");
            return;
        }

        page.Heading(title);
        foreach (var group in changes.GroupBy(change => (change.Kind, change.Rule)).OrderBy(group => Array.IndexOf(Order, group.Key.Kind)))
        {
            page.Line(LookOf(group.Key.Kind) + $": {CountOf(group)} ({group.Key.Rule})", level: 1);
            WriteItems(page, [.. group], limit);
        }
    }

    /// <summary>A reason that all items share is written once; otherwise each item has its own.</summary>
    private static void WriteItems(Page page, ImmutableArray<AnnouncedChange> changes, ItemLimit limit)
    {
        var isShared = changes.DistinctBy(change => change.Why).Count() == 1;
        if (isShared)
        {
            page.Line(changes[0].Why, level: 2);
        }

        limit.Write(
            [.. changes.Select(change => isShared ? ItemText.Of(change.Item) : $"{ItemText.Of(change.Item)}; {change.Why}")],
            item => page.Hang("- ", item, level: 2));
    }

    private static string CountOf(IEnumerable<AnnouncedChange> changes) => string.Join(", ", changes
        .DistinctBy(change => (change.Item.Kind, change.Item.Name))
        .CountBy(change => change.Item.Kind)
        .OrderBy(count => count.Key)
        .Select(count => Words.Count(count.Value, ItemText.NameOf(count.Key))));

    private static StyledText LookOf(ChangeKind kind) => kind switch
    {
        ChangeKind.LeftOut => Look.Warning("left out"),
        ChangeKind.Renamed => Look.Warning("renamed"),
        ChangeKind.Changed => Look.Warning("changed"),
        ChangeKind.Kept => Look.Good("kept unchanged"),
        _ => "recomputed by the target",
    };
}
