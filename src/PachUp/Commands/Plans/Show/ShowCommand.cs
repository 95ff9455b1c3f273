using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Views;

namespace PachUp.Commands.Plans.Show;

/// <summary><c>pachup show</c>: shows a saved plan again, without asking a cluster.</summary>
internal sealed class ShowCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary = "Shows a plan that \"pachup plan --out\" saved, as it was shown. Asks no cluster.";

    private readonly CommandArgument _file;
    private readonly AllOption _all;
    private readonly OutputOption _output;

    public ShowCommand(CommandLineApplication command)
    {
        command.AddExamples("pachup show change.pachplan");
        _file = command.Argument("FILE", "The saved plan.");
        _all = new AllOption(command, hasChecks: true);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var file = _file.Required("Name the saved plan: pachup show change.pachplan");
        if (!File.Exists(file))
        {
            throw new UsageException($"there is no file \"{file}\"", "Check the path.");
        }

        var saved = SavedPlan.Read(file);
        _output.Show(terminal, () => saved, page =>
        {
            page.Line($"Made on {saved.MadeAt.UtcDateTime:yyyy-MM-dd} at {saved.MadeAt.UtcDateTime:HH:mm} UTC by PachUp {saved.MadeBy}.");
            page.Blank();
            PlanView.Write(page, saved.Preview, ItemLimit.Of(_all));
            if (NextCommand.Apply(file, saved.Preview, []) is { } next)
            {
                NextCommandView.Write(page, next);
            }
        });
        return Task.FromResult(saved.Preview.IsRefused ? ExitCode.Refused : ExitCode.Done);
    }
}
