using PachUp.Cli.Events;
using PachUp.Cli.Terminals;
using Spectre.Console;

namespace PachUp.Cli.Options;

/// <summary>A question that is answered with yes or no. No answer means no.</summary>
internal static class YesNoQuestion
{
    private static readonly string[] Yes = ["y", "yes"];
    private static readonly string[] No = ["n", "no", ""];

    /// <summary>Asks until the answer is one of <c>y</c>, <c>yes</c>, <c>n</c>, <c>no</c> and an empty line.</summary>
    public static async Task<bool> AskAsync(Terminal terminal, string question, CancellationToken cancellationToken)
    {
        var prompt = new TextPrompt<string>(SafeConsole.Markup($"{question} [y/N]"))
        {
            AllowEmpty = true,
            Validator = answer => Means(answer, Yes) || Means(answer, No) ? ValidationResult.Success() : ValidationResult.Error("Answer yes or no."),
        };
        var isYes = Means(await prompt.ShowAsync(terminal.MessageConsole, cancellationToken), Yes);
        terminal.Events.Publish(new Asked(question, isYes ? "yes" : "no"));
        return isYes;
    }

    private static bool Means(string answer, string[] words) => words.Contains(answer.Trim(), StringComparer.OrdinalIgnoreCase);
}
