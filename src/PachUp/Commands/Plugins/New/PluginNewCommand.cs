using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Pachyderm;
using PachUp.Packages;

namespace PachUp.Commands.Plugins.New;

/// <summary><c>pachup plugin new</c>: writes the source of a plugin for a pair of release lines.</summary>
internal sealed class PluginNewCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary = "Writes the source of a plugin that migrates between two release lines, with a plan and its tests.";

    private const string Example = "Type it as \"pachup plugin new Acme.Pair --pair 1.9 1.11\".";

    private readonly CommandArgument _nameAndTo;
    private readonly CommandOption _from;
    private readonly OutputOption _output;

    public PluginNewCommand(CommandLineApplication command)
    {
        command.AddExamples("pachup plugin new Acme.Pair --pair 1.9 1.11");
        _nameAndTo = command.Argument("[NAME] TO", "The name of the plugin and of its folder, and the line to migrate to.", multipleValues: true);
        _from = command.Value("--pair <FROM>", "The line to migrate from; the line to migrate to stands behind it.");
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var from = LineOf(_from.Value());
        var to = LineOf(_nameAndTo.Values.LastOrDefault());
        if (from >= to)
        {
            throw new UsageException($"a migration from {from} to {to} does not go to a later line", Example);
        }

        var pair = new PairTemplate(NameOf(from, to), from, to);
        var folder = pair.WriteTo(Directory.GetCurrentDirectory());
        _output.Show(
            terminal,
            () => new { pair.Name, Folder = folder, Files = pair.Files },
            page =>
            {
                page.Line($"Wrote {pair.Name} into {folder}:");
                foreach (var file in pair.Files)
                {
                    page.Line($"  {file}");
                }

                if (pair.WithoutSandbox is { } line)
                {
                    page.Line($"PachUp has no sandbox of {line}: the tests of the plugin fail until you give them a cluster of that line.");
                }

                page.Line($"Next: cd {ShellText.Quote(pair.Name)} && dotnet test");
            });
        return Task.FromResult(ExitCode.Done);
    }

    private string NameOf(ReleaseLine from, ReleaseLine to) => _nameAndTo.Values switch
    {
        [_] => PairTemplate.DefaultName(from, to),
        [{ } name, _] when PluginPackages.IsId(name) && PairTemplate.IsName(name) => name,
        [{ } name, _] => throw new UsageException($"\"{name}\" cannot be the name of a plugin", "Names are letters and digits with dots between them, such as Acme.Pair."),
        _ => throw new UsageException("a plugin has one name and two lines", Example),
    };

    private static ReleaseLine LineOf(string? text) => ReleaseLine.TryParse(text, null, out var line)
        ? line
        : throw new UsageException(text is null ? "the lines of the pair are missing" : $"\"{text}\" is not a line of releases", Example);
}
