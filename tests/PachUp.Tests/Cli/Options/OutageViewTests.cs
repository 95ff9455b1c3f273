using PachUp.Cli.Options;
using PachUp.Pachyderm.Connections;

namespace PachUp.Tests.Cli.Options;

public sealed class OutageViewTests
{
    private static readonly DateTimeOffset Until = new(2026, 1, 1, 12, 0, 0, TimeZoneInfo.Local.GetUtcOffset(new DateTime(2026, 1, 1, 12, 0, 0, DateTimeKind.Local)));

    // The API server of Kubernetes ends some messages with a period, and others not.
    [Theory]
    [InlineData("Connection refused")]
    [InlineData("Connection refused.")]
    public void AnOutageThatBegins_IsReportedInWholeSentences(string reason)
    {
        using var screen = new Screen();

        OutageView.Write(screen.Terminal.Messages, new PachdOutage("the server", reason, Until, Attempts: 1, IsOver: false));

        Assert.Equal("Retrying: Connection refused. Retrying until 12:00:00. Press Ctrl+C to stop.\n", screen.Messages);
    }
}
