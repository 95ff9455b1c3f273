using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli.Terminals;
using Spectre.Console;

namespace PachUp.Cli.Options;

/// <summary><c>--yes</c>, and the question that is asked without it.</summary>
internal sealed class Consent
{
    private readonly CommandOption _yes;

    public Consent(CommandLineApplication command) => _yes = command.Flag("-y|--yes", "Make changes without asking.");

    /// <summary>The option as it was given, to repeat it in a command to copy.</summary>
    public IEnumerable<string> Arguments => _yes.HasValue() ? ["--yes"] : [];

    /// <summary>Refuses at once if there is no user to ask.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="remedy">What to do before saying <c>--yes</c>.</param>
    /// <exception cref="UsageException">There is no terminal, and no <c>--yes</c>.</exception>
    public void EnsureCanAsk(Terminal terminal, string remedy = "Check the plan first, then add --yes.")
    {
        if (!_yes.HasValue() && !terminal.CanAsk)
        {
            throw new UsageException(
                "there is no terminal to ask for confirmation", remedy);
        }
    }

    /// <summary>Asks, unless <c>--yes</c> was given.</summary>
    public async Task<bool> AskAsync(Terminal terminal, string question, CancellationToken cancellationToken) =>
        _yes.HasValue() || await QuestionOf(question).ShowAsync(terminal.MessageConsole, cancellationToken);

    /// <summary>Asks one question after the other, until one is answered with no.</summary>
    public async Task<bool> AskAllAsync(Terminal terminal, IEnumerable<string> questions, CancellationToken cancellationToken)
    {
        foreach (var question in questions)
        {
            if (!await AskAsync(terminal, question, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    private static ConfirmationPrompt QuestionOf(string question) => new(Markup.Escape(question)) { DefaultValue = false };
}
