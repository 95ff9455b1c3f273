using McMaster.Extensions.CommandLineUtils;

namespace PachUp.Cli.Options;

/// <summary><c>--all</c>: long lists are shown whole.</summary>
/// <param name="command">The command.</param>
/// <param name="hasChecks">Whether the command shows checks, of which those that passed are folded too.</param>
internal sealed class AllOption(CommandLineApplication command, bool hasChecks = false)
{
    private readonly CommandOption _all = command.Flag("--all", $"Show every item of long lists{(hasChecks ? ", and the checks that passed" : "")}.");

    /// <summary>Whether it was given.</summary>
    public bool IsGiven => _all.HasValue();
}
