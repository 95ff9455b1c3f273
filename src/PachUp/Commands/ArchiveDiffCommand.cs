using McMaster.Extensions.CommandLineUtils;
using PachUp.CommandLine;
using PachUp.Terminals;
using PachUp.Verification.Comparing;

namespace PachUp.Commands;

/// <summary><c>pachup archive diff</c>: compares what two archives say.</summary>
internal sealed class ArchiveDiffCommand : ICommand
{
    private const string Usage = "Name two archives: pachup archive diff A B.";

    private readonly CommandArgument _first;
    private readonly CommandArgument _second;
    private readonly PlaceComparison _comparison;

    public ArchiveDiffCommand(CommandLineApplication command)
    {
        command.Describe(
            "Compares two archives or saved inventories: what the second lacks of the first, and what it has besides. Exit code 4 for a loss.",
            "pachup archive diff monday.pachx tuesday.pachx");
        _first = command.Argument("A", "The archive, or saved inventory, that is compared with.");
        _second = command.Argument("B", "The archive, or saved inventory, that is compared.");
        _comparison = new PlaceComparison(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        _comparison.Validate();
        var (first, second) = (_first.Required(Usage), _second.Required(Usage));
        return _comparison.RunAsync(ComparedPlace.OfFile(first, "A"), ComparedPlace.OfFile(second, "B"), DeepOptions.None, terminal, cancellationToken);
    }
}
