using PachUp.Cli;
using PachUp.Cli.Terminals;
using PachUp.Sdk;

namespace PachUp.Views;

/// <summary>Shows why a run stopped, and the commands to continue or undo it.</summary>
internal static class StopView
{
    public static void Write(Page page, StepFailedException? failure, IEnumerable<NextCommand> continuations)
    {
        if (failure is not null)
        {
            page.Hang(Look.Bad("Error: "), failure.Message);
            foreach (var detail in failure.Details)
            {
                page.Unbroken(detail, level: 1);
            }

            page.Line($"What to do: {failure.Remedy}");
        }

        foreach (var continuation in continuations)
        {
            NextCommandView.Write(page, continuation);
        }
    }
}
