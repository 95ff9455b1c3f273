using PachUp.Hosting;

namespace PachUp.Tests;

/// <summary>One command of the tool, run in the process of the test.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Answer">What went to standard output.</param>
/// <param name="Messages">What went to standard error.</param>
internal sealed record CommandRun(int ExitCode, string Answer, string Messages)
{
    /// <summary>Runs a command with these arguments.</summary>
    public static CommandRun Of(params string[] arguments)
    {
        using var screen = new Screen();
        using var help = new StringWriter();
        var exitCode = new ErrorBoundary(screen.Terminal).Guard(
            () => CommandTree.Build(screen.Terminal, help, CancellationToken.None).Execute(arguments), CancellationToken.None);
        screen.Terminal.Began?.Dispose();
        return new CommandRun(exitCode, help + screen.Answer, screen.Messages);
    }
}
