namespace PachUp.Conformance.Comparison;

/// <summary>One place where an answer of the replay is not what was recorded.</summary>
/// <param name="Path">The field, such as <c>response[2].commit.id</c>; <c>code</c> or <c>message</c> for the status.</param>
/// <param name="Expected">What was recorded.</param>
/// <param name="Got">What came.</param>
/// <param name="ChangesShape">Whether something is missing or too much, so that what follows may not belong together.</param>
public sealed record Difference(string Path, string Expected, string Got, bool ChangesShape = false)
{
    private const int LongestShown = 240;

    /// <summary>Both values in words, cut where they are long.</summary>
    public override string ToString() => $"{Path}: expected {Shown(Expected)}, got {Shown(Got)}";

    private static string Shown(string value) => value.Length <= LongestShown ? value : value[..LongestShown] + "...";
}
