using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;

namespace PachUp.Cli.Options;

/// <summary>Reports an outage of a server twice: when it begins and when it is over.</summary>
internal static class OutageView
{
    public static void Write(Page page, PachdOutage outage)
    {
        if (outage.IsOver)
        {
            page.Hang(Look.Good("Continuing: "), $"{outage.Server} answers again, after {Words.Count(outage.Attempts, "failed attempt")}.");
        }
        else if (outage.Attempts == 1)
        {
            page.Hang(Look.Warning("Retrying: "), $"{outage.Reason.TrimEnd('.')}. Retrying until {outage.Until.ToLocalTime():HH:mm:ss}. Press Ctrl+C to stop.");
        }
    }
}
