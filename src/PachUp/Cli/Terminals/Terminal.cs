using System.Collections.Immutable;
using PachUp.Cli.Events;
using PachUp.Engine.Steps.Failing;
using Spectre.Console;

namespace PachUp.Cli.Terminals;

/// <summary>Where the answer goes (standard output), and where everything else goes (standard error).</summary>
/// <param name="answer">Standard output.</param>
/// <param name="messages">Standard error.</param>
/// <param name="canAsk">Whether there is a user to answer questions.</param>
internal sealed class Terminal(IAnsiConsole answer, IAnsiConsole messages, bool canAsk)
{
    private const int WidthOfPipes = 80;
    private const int WidestText = 120;

    private ImmutableArray<RedactingWriter> Writers { get; init; } = [];

    private TolerantWriter? AnswerWriter { get; init; }

    /// <summary>Removes the secrets of the plan that was read.</summary>
    public Redaction Redaction { get; private set; } = Redaction.None;

    /// <summary>What happens while a command works, for every way to show or keep it.</summary>
    public EventStream Events { get; init; } = new(TimeProvider.System);

    /// <summary>How much is told about work that goes on.</summary>
    public Detail Detail { get; set; }

    /// <summary>Who the answer is for.</summary>
    public AnswerFormat Format { get; private set; }

    /// <summary>Sets who the answer is for. A program that follows what happens gets events from now on.</summary>
    public void Answers(AnswerFormat format)
    {
        Format = format;
        if (format == AnswerFormat.JsonLines)
        {
            Events.Attach(new JsonLinesSink(Answer));
        }
    }

    /// <summary>Whether standard error says why the command failed.</summary>
    public bool HasReportedProblem { get; set; }

    /// <summary>Whether the answer was given.</summary>
    public bool HasAnswered { get; set; }

    /// <summary>What ends with the process, such as the log file; null for nothing.</summary>
    public IDisposable? Began { get; set; }

    /// <summary>For the answer of a command.</summary>
    public Page Answer { get; } = new(answer);

    /// <summary>For progress, questions and errors.</summary>
    public Page Messages { get; } = new(messages);

    /// <summary>The console below <see cref="Messages"/>, for live displays and questions.</summary>
    public IAnsiConsole MessageConsole { get; } = messages;

    /// <summary>Whether there is a user to answer questions.</summary>
    public bool CanAsk { get; } = canAsk;

    /// <summary>Whether printed lines can be updated.</summary>
    public bool IsLive => MessageConsole.Profile.Capabilities.Interactive;

    /// <summary>The message when the user asks the command to stop.</summary>
    public string StoppingMessage { get; set; } = "Stopping where the run can be resumed. Press Ctrl+C again to stop at once.";

    /// <summary>Why the answer could not be written completely; null if it was.</summary>
    public Exception? AnswerFailure => AnswerWriter?.Failure;

    /// <summary>How the run ended, for the message if the answer cannot be written; null if there was no run.</summary>
    public string? EndOfRun { get; set; }

    /// <summary>Prints a message if the process ends at once; null for none.</summary>
    public Action? ExitMessage { get; set; }

    /// <summary>The terminal of this process.</summary>
    /// <param name="environment">Reads an environment variable; null if it is not set.</param>
    public static Terminal OfProcess(Func<string, string?> environment)
    {
        var answerWriter = new TolerantWriter(Console.Out);
        var (answer, messages) = (new RedactingWriter(answerWriter), new RedactingWriter(new TolerantWriter(Console.Error)));
        Console.SetOut(answer);
        Console.SetError(messages);
        var (output, error) = (Console.Out, Console.Error);
        return new Terminal(
            new LazyConsole(() => Create(output, !Console.IsOutputRedirected, environment)),
            new LazyConsole(() => Create(error, !Console.IsErrorRedirected, environment)),
            canAsk: !Console.IsInputRedirected && !Console.IsErrorRedirected)
        {
            Writers = [answer, messages],
            AnswerWriter = answerWriter,
        };
    }

    /// <summary>From now on, removes the secrets of a plan from everything that is printed.</summary>
    public void Redact(Redaction redaction)
    {
        Redaction = redaction;
        foreach (var writer in Writers)
        {
            writer.Redaction = redaction;
        }
    }

    /// <summary>Writes a warning to standard error; the command continues.</summary>
    public void Warn(string warning)
    {
        Messages.Hang(Look.Warning("Warning: "), warning);
        Events.Publish(new Warned(warning));
    }

    /// <summary>Shows the cursor again and prints the exit message, before the process ends at once.</summary>
    public void PrintExitMessage()
    {
        if (IsLive)
        {
            MessageConsole.Cursor.Show();
        }

        Messages.Blank();
        ExitMessage?.Invoke();
    }

    /// <summary>A console on a writer. Colour and live drawing only on a terminal; no colour with <c>NO_COLOR</c>.</summary>
    /// <param name="writer">Where it writes.</param>
    /// <param name="isTerminal">Whether that is a terminal.</param>
    /// <param name="environment">Reads an environment variable; null if it is not set.</param>
    public static IAnsiConsole Create(TextWriter writer, bool isTerminal, Func<string, string?> environment)
    {
        var isDumb = !isTerminal || environment("TERM") == "dumb";
        var hasColour = !isDumb && string.IsNullOrEmpty(environment("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isDumb ? AnsiSupport.No : string.IsNullOrEmpty(environment("TERM")) ? AnsiSupport.Detect : AnsiSupport.Yes,
            ColorSystem = hasColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isDumb ? InteractionSupport.No : InteractionSupport.Yes,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        SafeConsole.Protect(console);
        console.Profile.Width = isTerminal ? Math.Clamp(console.Profile.Width, WidthOfPipes / 2, WidestText) : WidthOfPipes;
        return console;
    }
}
