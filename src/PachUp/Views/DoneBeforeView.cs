using System.Globalization;
using PachUp.Cli;
using PachUp.Cli.Terminals;
using PachUp.Engine.Runs.Records;

namespace PachUp.Views;

/// <summary>Says that a run has done before what was asked for.</summary>
internal static class DoneBeforeView
{
    public static void Write(Page page, FinishedRun finished, IEnumerable<string> options)
    {
        page.Hang(Look.Good("Already done: "), string.Create(
            CultureInfo.InvariantCulture, $"run {finished.Run.Id} did exactly this on {finished.Ended:yyyy-MM-dd} at {finished.Ended:HH:mm} UTC. Nothing was done now."));
        NextCommandView.Write(page, NextCommand.Verify(finished.Run, options));
    }
}
