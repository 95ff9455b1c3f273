using PachUp.Cli;
using PachUp.Cli.Terminals;
using PachUp.Packages;
using PachUp.Packages.Feeds;

namespace PachUp.Commands.Plugins;

/// <summary>Says that there is a later PachUp, where the feeds are asked anyway. No other command asks them, and <c>NO_UPDATE_NOTIFIER</c> switches it off.</summary>
internal static class UpdateNotice
{
    /// <summary>The environment variable that switches the notice off if it is set.</summary>
    public const string Variable = "NO_UPDATE_NOTIFIER";

    /// <summary>Tells it, if there is one.</summary>
    public static async Task TellAsync(Terminal terminal, PluginPackages packages, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)) || terminal.Detail == Detail.Quiet)
        {
            return;
        }

        try
        {
            if (await packages.FindLaterToolAsync(ToolVersion.Text, cancellationToken) is { } later)
            {
                terminal.Messages.Line($"PachUp {later} is available; this is {ToolVersion.Text}. To update: dotnet tool update --global PachUp");
            }
        }
        catch (FeedException)
        {
            // The notice is not what the user asked for.
        }
    }
}
