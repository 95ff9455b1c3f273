using NuGet.Common;

namespace PachUp.Packages.Feeds;

/// <summary>Keeps the last problem that NuGet tells its log only.</summary>
internal sealed class LastLoggedProblem : LoggerBase
{
    /// <summary>What it was; empty for none.</summary>
    public string Text { get; private set; } = "";

    /// <inheritdoc/>
    public override void Log(ILogMessage message)
    {
        if (message.Level >= LogLevel.Minimal)
        {
            Text = message.Message.ReplaceLineEndings(" ").Trim();
        }
    }

    /// <inheritdoc/>
    public override Task LogAsync(ILogMessage message)
    {
        Log(message);
        return Task.CompletedTask;
    }
}
