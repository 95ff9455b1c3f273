using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli.Events;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;

namespace PachUp.Cli.Options;

/// <summary><c>-o</c>, <c>--output</c>: the format of the answer.</summary>
internal sealed class OutputOption
{
    private const string Text = "text";
    private const string Json = "json";
    private const string JsonLines = "jsonl";
    private const string Mermaid = "mermaid";

    private const string Name = "output";

    /// <summary>The short name of the option.</summary>
    public const string ShortName = "o";

    private readonly CommandOption _output;
    private readonly string[] _formats;

    /// <param name="command">The command.</param>
    /// <param name="draws">Whether the answer can also be a drawing.</param>
    /// <param name="hasShortName">Whether <c>-o</c> names it. A command that once named a file with <c>-o</c> still does.</param>
    public OutputOption(CommandLineApplication command, bool draws = false, bool hasShortName = true)
    {
        _formats = draws ? [Text, Json, JsonLines, Mermaid] : [Text, Json, JsonLines];
        var choices = draws ? "text, json, jsonl (JSON Lines: what happens, then the answer) or mermaid (a diagram)" : "text, json or jsonl (JSON Lines: what happens, then the answer)";
        _output = command.Value($"{(hasShortName ? $"-{ShortName}|" : "")}--{Name} <FORMAT>", $"The format of the answer: {choices}. Default: text.");
        command.Check(() => _ = Format);
    }

    /// <summary>Whether the answer is for a program.</summary>
    /// <exception cref="UsageException">There is no such format.</exception>
    public bool IsJson => Format is Json or JsonLines;

    /// <summary>Whether the answer is a drawing.</summary>
    /// <exception cref="UsageException">There is no such format.</exception>
    public bool IsMermaid => Format == Mermaid;

    private string Format => (_output.Value() ?? ToolSettings.Current.Output) switch
    {
        null => Text,
        var known when _formats.Contains(known) => known,
        var other => throw new UsageException(
            $"there is no output format \"{other}\"", $"Choose {string.Join(", ", _formats[..^1])} or {_formats[^1]}{Suggestion(other)}."),
    };

    /// <summary>Whether a text is the name of a format.</summary>
    public static bool IsFormat(string? text) => text is Text or Json or JsonLines or Mermaid;

    /// <summary>Prints the answer in the chosen format.</summary>
    /// <param name="terminal">Receives the answer.</param>
    /// <param name="document">The answer for programs.</param>
    /// <param name="view">The answer for people.</param>
    public void Show(Terminal terminal, Func<object> document, Action<Page> view)
    {
        terminal.HasAnswered = true;
        if (Format == JsonLines)
        {
            terminal.Events.Publish(new Answered(document()));
        }
        else if (IsJson)
        {
            terminal.Answer.Json(JsonAnswer.Serialize(document()));
        }
        else
        {
            view(terminal.Answer);
        }
    }

    /// <summary>The format that a command was asked for, for what happens outside of it, such as errors.</summary>
    public static AnswerFormat FormatOf(CommandLineApplication command) => command.Options.FirstOrDefault(option => option.LongName == Name) is not { } option ? AnswerFormat.Text : (option.Value() ?? ToolSettings.Current.Output) switch
    {
        Json => AnswerFormat.Json,
        JsonLines => AnswerFormat.JsonLines,
        _ => AnswerFormat.Text,
    };

    private string Suggestion(string other) =>
        NearestName.Of(other, _formats) is { } nearest ? $" (did you mean \"{nearest}\"?)" : "";
}
