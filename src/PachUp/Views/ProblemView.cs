using PachUp.Cli;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Model;

namespace PachUp.Views;

/// <summary>Shows what went wrong, and what to do next.</summary>
internal static class ProblemView
{
    public static void Write(Page page, Problem problem)
    {
        page.Hang(Look.Bad("Error: "), problem.Message);
        foreach (var detail in problem.Details)
        {
            page.Line(detail, level: 1);
        }

        if (problem.Remedy.Length > 0)
        {
            page.Line(problem.ExitCode == ExitCode.UsedWrongly ? problem.Remedy : $"What to do: {problem.Remedy}");
        }

        if (problem.Trace is { } trace)
        {
            foreach (var line in SafeText.LinesOf(trace))
            {
                page.Unbroken(line, level: 1);
            }
        }
    }
}
