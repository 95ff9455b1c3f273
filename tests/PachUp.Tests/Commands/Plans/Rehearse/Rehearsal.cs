using PachUp.Hosting;

namespace PachUp.Tests.Commands.Plans.Rehearse;

/// <summary>One <c>pachup rehearse</c>, run in the process of the test.</summary>
internal sealed record Rehearsal(int ExitCode, string Answer, string Messages)
{
    /// <summary>Runs the command with these arguments.</summary>
    public static Rehearsal Run(params string[] arguments)
    {
        using var screen = new Screen();
        var exitCode = new ErrorBoundary(screen.Terminal).Guard(
            () => CommandTree.Build(screen.Terminal, TextWriter.Null, CancellationToken.None).Execute(["rehearse", .. arguments]),
            CancellationToken.None);
        return new Rehearsal(exitCode, screen.Answer, screen.Messages);
    }
}
