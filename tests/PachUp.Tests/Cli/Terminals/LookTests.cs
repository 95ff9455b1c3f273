using PachUp.Cli.Terminals;
using Spectre.Console;

namespace PachUp.Tests.Cli.Terminals;

public class LookTests
{
    private const double Least = 4.5;

    public static TheoryData<byte, byte, byte> Colours => new()
    {
        { Look.Green.R, Look.Green.G, Look.Green.B },
        { Look.Amber.R, Look.Amber.G, Look.Amber.B },
        { Look.Red.R, Look.Red.G, Look.Red.B },
    };

    [Theory]
    [MemberData(nameof(Colours))]
    public void Every_colour_can_be_read_on_white_and_on_black(byte red, byte green, byte blue)
    {
        var luminance = Luminance(new Color(red, green, blue));

        Assert.InRange((1 + 0.05) / (luminance + 0.05), Least, 21);
        Assert.InRange((luminance + 0.05) / 0.05, Least, 21);
    }

    /// <summary>The relative luminance of WCAG 2.</summary>
    private static double Luminance(Color colour) => (0.2126 * Linear(colour.R)) + (0.7152 * Linear(colour.G)) + (0.0722 * Linear(colour.B));

    private static double Linear(byte channel)
    {
        var share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
