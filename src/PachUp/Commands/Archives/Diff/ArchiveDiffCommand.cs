using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Terminals;
using PachUp.Commands.Clusters;
using PachUp.Verification.Comparing;

namespace PachUp.Commands.Archives.Diff;

/// <summary><c>pachup archive diff</c>: compares the contents of two archives.</summary>
internal sealed class ArchiveDiffCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Compares two archives or saved inventories: what is missing, different or added in the second. Exit code 4 if something is lost.";

    private const string Usage = "Name two archives: pachup archive diff A B.";

    private readonly CommandArgument _first;
    private readonly CommandArgument _second;
    private readonly PlaceComparison _comparison;

    public ArchiveDiffCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup archive diff monday.pachx tuesday.pachx");
        _first = command.Argument("A", "The archive, or saved inventory, that is compared with.");
        _second = command.Argument("B", "The archive, or saved inventory, that is compared.");
        _comparison = new PlaceComparison(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var (first, second) = (_first.Required(Usage), _second.Required(Usage));
        return _comparison.RunAsync(ComparedPlace.OfFile(first, "A"), ComparedPlace.OfFile(second, "B"), DeepOptions.None, terminal, cancellationToken);
    }
}
