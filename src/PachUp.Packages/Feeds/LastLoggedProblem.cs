using NuGet.Common;

namespace PachUp.Packages.Feeds;

/// <summary>Keeps the last problem that NuGet only writes to its log.</summary>
internal sealed class LastLoggedProblem : LoggerBase
{
    /// <summary>The message; empty for none.</summary>
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
