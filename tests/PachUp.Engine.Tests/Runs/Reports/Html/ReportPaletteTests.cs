using System.Globalization;
using PachUp.Engine.Runs.Reports.Html;

namespace PachUp.Engine.Tests.Runs.Reports.Html;

public class ReportPaletteTests
{
    private const double LeastContrast = 4.5;

    public static TheoryData<string> Names => [.. ReportPalette.Pairs.Select(pair => pair.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_colour_of_text_can_be_read_on_its_background_and_on_the_page(string name)
    {
        var (page, pair) = (ReportPalette.Pairs[0], ReportPalette.Pairs.Single(pair => pair.Name == name));

        Assert.All(
            [
                Contrast(pair.Light.Text, pair.Light.Back),
                Contrast(pair.Dark.Text, pair.Dark.Back),
                Contrast(pair.Light.Text, page.Light.Back),
                Contrast(pair.Dark.Text, page.Dark.Back),
            ],
            contrast => Assert.InRange(contrast, LeastContrast, 21));
    }

    /// <summary>The contrast ratio of WCAG 2.1.</summary>
    private static double Contrast(string text, string back)
    {
        var (one, other) = (Luminance(text), Luminance(back));
        return (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);
    }

    private static double Luminance(string colour) => (0.2126 * Channel(colour, 1)) + (0.7152 * Channel(colour, 3)) + (0.0722 * Channel(colour, 5));

    private static double Channel(string colour, int from)
    {
        var value = int.Parse(colour.AsSpan(from, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
