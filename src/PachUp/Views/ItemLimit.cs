using System.Globalization;
using PachUp.Cli.Options;

namespace PachUp.Views;

/// <summary>How many items of a long list are shown; the others are only counted.</summary>
internal sealed class ItemLimit
{
    private const int Longest = 20;
    private const int Shown = 5;

    private readonly bool _all;

    private ItemLimit(bool all) => _all = all;

    /// <summary>All items.</summary>
    public static ItemLimit None { get; } = new(all: true);

    /// <summary>The first items of a list that does not fit on a screen.</summary>
    public static ItemLimit Condensed { get; } = new(all: false);

    /// <summary>What the command line asks for.</summary>
    public static ItemLimit Of(AllOption all) => all.IsGiven ? None : Condensed;

    /// <summary>Whether nothing is folded.</summary>
    public bool ShowsAll => _all;

    /// <summary>Writes the items, and how many more there are.</summary>
    public void Write(IReadOnlyCollection<string> items, Action<string> write)
    {
        var shown = _all || items.Count <= Longest ? items.Count : Shown;
        foreach (var item in items.Take(shown))
        {
            write(item);
        }

        if (shown < items.Count)
        {
            write(string.Create(CultureInfo.InvariantCulture, $"and {items.Count - shown:#,0} more (--all shows every one)"));
        }
    }
}
