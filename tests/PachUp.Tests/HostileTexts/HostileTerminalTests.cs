using System.Text.RegularExpressions;
using PachUp.Cli.Options;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Sdk;
using PachUp.Views;
using Spectre.Console.Testing;

namespace PachUp.Tests.HostileTexts;

/// <summary>Hostile texts on a terminal with colours, bars and questions: PachUp's own sequences work, those of the text do not.</summary>
public sealed partial class HostileTerminalTests : IDisposable
{
    private readonly Screen _screen = new(isTerminal: true, name => name == "TERM" ? "xterm-256color" : null);

    public void Dispose() => _screen.Dispose();

    [Fact]
    public void Styles_work_and_the_text_in_them_is_escaped()
    {
        var page = _screen.Terminal.Messages;

        page.Line(Look.Bad(HostileText.Whole));
        page.Hang(Look.Warning(HostileText.Whole), HostileText.Whole);
        page.Heading(HostileText.Whole);
        page.Fields(1, (HostileText.Whole, HostileText.Whole));
        page.Table([HostileText.Whole], [[Look.Good(HostileText.Whole)]]);
        page.Command(["pachup", HostileText.Whole]);
        page.WrittenCommand(HostileText.Whole);
        page.Unbroken(HostileText.Whole);

        AssertSafe();
        Assert.Contains("\u001B[", _screen.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bars_and_lines_of_a_run()
    {
        await RunDisplay.ShowAsync(_screen.Terminal, _ => [], async run =>
        {
            run.RunStarted(new RunDirectory(HostileText.Short, HostileText.Short));
            run.Noted(HostileText.Short);
            run.StepStarted(HostileText.Short, 1, 1);
            run.Progressed(HostileText.Short, new StepProgress(HostileText.Short) { Done = 1, Total = 2, Unit = HostileText.Short });
            await Task.Delay(TimeSpan.FromMilliseconds(300));
            run.StepEnded(new Engine.Runs.StepOutcome(HostileText.Short, HostileText.Short, StepState.Done, TimeSpan.Zero, HostileText.Short));
            return true;
        });

        AssertSafe();
    }

    [Fact]
    public async Task What_is_looked_at_before_a_run()
    {
        await WorkDisplay.ShowAsync(_screen.Terminal, async progress =>
        {
            progress.Report(new StepProgress(HostileText.Short));
            await Task.Delay(TimeSpan.FromMilliseconds(300));
            return true;
        });

        AssertSafe();
    }

    [Fact]
    public async Task Questions()
    {
        using var console = new TestConsole().Interactive();
        SafeConsole.Protect(console);
        var terminal = new Terminal(console, console, canAsk: true);
        console.Input.PushTextWithEnter("yes");

        Assert.True(await YesNoQuestion.AskAsync(terminal, HostileText.Whole, CancellationToken.None));

        HostileText.AssertShown(console.Output.ReplaceLineEndings(""), "the question");
        Assert.DoesNotContain(console.Output, character => character != '\n' && char.IsControl(character));
    }

    [Fact]
    public void A_name_is_not_offered_to_a_shell_that_would_obey_it()
    {
        var quoted = ShellText.Quote(HostileText.Short);

        Assert.StartsWith("$'b\\U0000001b]0;title", quoted, StringComparison.Ordinal);
        Assert.True(Common.Text.SafeText.IsSafe(quoted));
    }

    private void AssertSafe()
    {
        Assert.DoesNotContain("\u001B]", _screen.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001B[31mred", _screen.Messages, StringComparison.Ordinal);
        var text = OwnSequence().Replace(_screen.Messages, "");
        HostileText.AssertShown(text.ReplaceLineEndings(""), "the terminal");
        HostileText.AssertSafe(text, "the terminal");
    }

    /// <summary>The sequences of Spectre.Console: styles, the cursor, and the return to the first column.</summary>
    [GeneratedRegex("\u001B\\[[0-9;?]*[A-Za-z]|\r")]
    private static partial Regex OwnSequence();
}
