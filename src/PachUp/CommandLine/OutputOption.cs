using McMaster.Extensions.CommandLineUtils;
using PachUp.Engine;
using PachUp.Terminals;
using PachUp.Views;

namespace PachUp.CommandLine;

/// <summary><c>--output</c>: who the answer is for.</summary>
internal sealed class OutputOption
{
    private const string Text = "text";
    private const string Json = "json";

    private readonly CommandOption _output;

    public OutputOption(CommandLineApplication command) =>
        _output = command.Value("--output <FORMAT>", "Who the answer is for: text (people) or json (programs). Default: text.");

    /// <summary>Whether the answer is for a program.</summary>
    /// <exception cref="UsageException">The format is neither of the two.</exception>
    public bool IsJson => _output.Value() switch
    {
        null or Text => false,
        Json => true,
        var other => throw new UsageException(
            $"there is no output format \"{other}\"", $"Choose {Text} or {Json}{Suggestion(other)}."),
    };

    /// <summary>Looks at the option before anything else is done.</summary>
    /// <exception cref="UsageException">The format is neither of the two.</exception>
    public void Validate() => _ = IsJson;

    /// <summary>Prints an answer for whom it is meant.</summary>
    /// <param name="terminal">Where it goes.</param>
    /// <param name="document">The answer for programs.</param>
    /// <param name="view">The answer for people.</param>
    public void Show(Terminal terminal, Func<object> document, Action<Page> view)
    {
        if (IsJson)
        {
            terminal.Answer.Raw(JsonAnswer.Serialize(document()));
        }
        else
        {
            view(terminal.Answer);
        }
    }

    private static string Suggestion(string other) =>
        NearestName.Of(other, [Text, Json]) is { } nearest ? $" (did you mean \"{nearest}\"?)" : "";
}
