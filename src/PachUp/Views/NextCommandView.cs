using PachUp.Cli;
using PachUp.Cli.Terminals;

namespace PachUp.Views;

/// <summary>A command to copy.</summary>
internal static class NextCommandView
{
    public static void Write(Page page, NextCommand next)
    {
        page.Blank();
        page.Line(next.When);
        page.Command(next.Arguments);
    }
}
