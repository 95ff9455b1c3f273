using System.Collections.Immutable;

namespace PachUp.Engine.Runs.Reports.Html;

/// <summary>
/// The colours of a report: each pair of text and background has a contrast of at least 4.5:1 (WCAG 2.1, AA), in the light and in the dark scheme.
/// </summary>
internal static class ReportPalette
{
    /// <summary>All pairs; the first one is that of the page.</summary>
    public static ImmutableArray<ColourPair> Pairs { get; } =
    [
        new("page", new("#1b1f24", "#ffffff"), new("#e6edf3", "#0d1117")),
        new("muted", new("#57606a", "#f6f8fa"), new("#9ea7b3", "#161b22")),
        new("good", new("#0f5323", "#dafbe1"), new("#7ee787", "#0f2417")),
        new("warning", new("#6a4300", "#fff8c5"), new("#e3b341", "#2b2208")),
        new("bad", new("#970c23", "#ffebe9"), new("#ff9a92", "#3a1214")),
        new("info", new("#0550ae", "#ddf4ff"), new("#79c0ff", "#0c2440")),
        new("gone", new("#4b535d", "#eaeef2"), new("#b1bac4", "#21262d")),
    ];

    /// <summary>The colours as CSS variables: <c>--good</c> for text and lines, <c>--good-back</c> behind them.</summary>
    public static string Variables(Func<ColourPair, Colours> scheme) =>
        string.Concat(Pairs.Select(pair => $"--{pair.Name}:{scheme(pair).Text};--{pair.Name}-back:{scheme(pair).Back};"));
}

/// <summary>The colours for one meaning.</summary>
/// <param name="Name">The meaning.</param>
/// <param name="Light">The colours of the light scheme, and of paper.</param>
/// <param name="Dark">The colours of the dark scheme.</param>
internal sealed record ColourPair(string Name, Colours Light, Colours Dark);

/// <summary>A colour for text and the colour behind it, as <c>#rrggbb</c>.</summary>
/// <param name="Text">The colour of text and lines.</param>
/// <param name="Back">The colour of the background.</param>
internal sealed record Colours(string Text, string Back);
