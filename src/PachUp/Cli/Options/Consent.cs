using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli.Events;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using Spectre.Console;

namespace PachUp.Cli.Options;

/// <summary><c>--yes</c> and <c>--confirm</c>, and the questions that are asked without them.</summary>
internal sealed class Consent
{
    private readonly CommandOption _yes;
    private readonly CommandOption? _confirm;

    /// <param name="command">The command.</param>
    /// <param name="confirms">What needs the name of its cluster; null if nothing does.</param>
    public Consent(CommandLineApplication command, string? confirms = null)
    {
        _yes = command.Flag("-y|--yes", "Make changes without asking.");
        _confirm = confirms is null ? null : command.Value("--confirm <NAME>", $"The name of the cluster, as its plan shows it, to confirm {confirms} without being asked for it.");
    }

    /// <summary>The options as given, for commands that the user can copy.</summary>
    public IEnumerable<string> Arguments => _yes.HasValue() ? ["--yes"] : [];

    /// <summary>Whether everything is agreed to that <c>--yes</c> may agree to.</summary>
    public bool IsGiven => _yes.HasValue();

    /// <summary>The name that was given to confirm; null for none.</summary>
    public string? GivenName => _confirm?.Value();

    /// <summary>Throws if there is no user to ask.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="remedy">What to do before using <c>--yes</c>.</param>
    /// <exception cref="UsageException">There is no terminal, and no <c>--yes</c>.</exception>
    public void EnsureCanAsk(Terminal terminal, string remedy = "Check the plan first, then add --yes.")
    {
        if (!_yes.HasValue() && GivenName is null && !terminal.CanAsk)
        {
            throw new UsageException("there is no terminal to ask for confirmation", remedy);
        }
    }

    /// <summary>Asks, unless <c>--yes</c> was given.</summary>
    /// <exception cref="UsageException">There is no user to ask.</exception>
    public async Task<bool> AskAsync(Terminal terminal, string question, CancellationToken cancellationToken)
    {
        if (_yes.HasValue())
        {
            return true;
        }

        return terminal.CanAsk
            ? await YesNoQuestion.AskAsync(terminal, question, cancellationToken)
            : throw new UsageException($"there is no terminal to ask: {question}", "Check the plan first, then add --yes.");
    }

    /// <summary>Asks the questions one after the other. Stops at the first no.</summary>
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

    /// <summary>Asks for the name of a cluster that is taken down or taken back, unless it was given with <c>--confirm</c>.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="does">What is done to it: <c>roll it back</c>.</param>
    /// <param name="yesSuffices">Whether <c>--yes</c> takes the place of the name.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="UsageException">Another name was given, or none and there is no user to ask.</exception>
    public async Task<bool> AskForNameAsync(Terminal terminal, ClusterFacts cluster, string does, bool yesSuffices, CancellationToken cancellationToken)
    {
        if (GivenName is { } given)
        {
            return cluster.IsCalled(given) ? true : throw new UsageException(
                $"--confirm names \"{given}\", but the cluster is \"{cluster.Name}\"", "Nothing was done. Check that you mean this cluster.");
        }

        if (_yes.HasValue() && yesSuffices)
        {
            return true;
        }

        if (!terminal.CanAsk)
        {
            throw new UsageException($"to {does} needs the name of the cluster", $"Check that you mean it, then add --confirm {cluster.Name}.");
        }

        var typed = await new TextPrompt<string>(SafeConsole.Markup($"To {does}, type the name of the cluster ({cluster.Name}):")) { AllowEmpty = true }
            .ShowAsync(terminal.MessageConsole, cancellationToken);
        terminal.Events.Publish(new Asked($"the name of the cluster, to {does}", typed.Trim()));
        if (cluster.IsCalled(typed.Trim()))
        {
            return true;
        }

        terminal.Messages.Line(typed.Trim().Length == 0 ? "No name was typed." : $"\"{typed.Trim()}\" is not the name of the cluster.");
        return false;
    }
}
