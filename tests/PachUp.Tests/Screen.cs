using PachUp.Cli.Events;
using PachUp.Cli.Terminals;

namespace PachUp.Tests;

/// <summary>A terminal that keeps what is written on it.</summary>
internal sealed class Screen : IDisposable
{
    private readonly StringWriter _answer = new() { NewLine = "\n" };
    private readonly StringWriter _messages = new() { NewLine = "\n" };

    public Screen(bool isTerminal = false, Func<string, string?>? environment = null, TimeProvider? time = null)
    {
        var lookup = environment ?? (_ => null);
        Terminal = new Terminal(Terminal.Create(_answer, isTerminal, lookup), Terminal.Create(_messages, isTerminal, lookup), canAsk: false)
        {
            Events = new EventStream(time ?? TimeProvider.System),
        };
    }

    public Terminal Terminal { get; }

    /// <summary>What went to standard output.</summary>
    public string Answer => _answer.ToString();

    /// <summary>What went to standard error.</summary>
    public string Messages => _messages.ToString();

    public void Dispose()
    {
        _answer.Dispose();
        _messages.Dispose();
    }

    /// <summary>What a view writes in a pipe.</summary>
    public static string Of(Action<Page> view)
    {
        using var screen = new Screen();
        view(screen.Terminal.Answer);
        return screen.Answer;
    }
}
