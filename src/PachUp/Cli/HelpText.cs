using McMaster.Extensions.CommandLineUtils;
using McMaster.Extensions.CommandLineUtils.HelpText;
using PachUp.Cli.Terminals;
using Spectre.Console;

namespace PachUp.Cli;

/// <summary>The help of a command: what it does, how to call it, its arguments and options, and examples.</summary>
internal sealed class HelpText : IHelpTextGenerator
{
    /// <inheritdoc/>
    public void Generate(CommandLineApplication application, TextWriter output)
    {
        var page = new Page(Terminal.Create(output, isTerminal: false, _ => null));
        page.Line(application.Description);
        WriteUsage(page, application);
        WriteSection(page, "Arguments", application.Arguments.Select(argument => (argument.Name, argument.Description)));
        WriteSection(page, "Options", application.GetOptions().Where(option => option.ShowInHelpText).Select(option => (NameOf(option), option.Description)));
        WriteSection(page, "Commands", application.Commands.Where(command => command.ShowInHelpText).Select(command => (command.Name, command.Description)));
        WriteExamples(page, application);
        if (application.Commands.Count > 0)
        {
            page.Blank();
            page.Line($"\"{NameOf(application)} COMMAND --help\" shows the options and examples of a command.");
        }
    }

    /// <summary>The full name of a command: <c>pachup archive verify</c>.</summary>
    public static string NameOf(CommandLineApplication command) =>
        command.Parent is null ? command.Name : $"{NameOf(command.Parent)} {command.Name}";

    private static string NameOf(CommandOption option)
    {
        var shortName = string.IsNullOrEmpty(option.ShortName) ? "" : $"-{option.ShortName}|";
        var value = string.IsNullOrEmpty(option.ValueName) ? ""
            : option.OptionType == CommandOptionType.SingleOrNoValue ? $"[={option.ValueName}]"
            : $" {option.ValueName}";
        return $"{shortName}--{option.LongName}{value}";
    }

    private static void WriteUsage(Page page, CommandLineApplication command)
    {
        var arguments = command.Arguments.Select(argument => " " + argument.Name);
        page.Blank();
        page.Line($"Usage: {NameOf(command)}{string.Concat(arguments)}{(command.Commands.Count > 0 ? " COMMAND" : "")} [options]");
    }

    private static void WriteSection(Page page, string title, IEnumerable<(string Name, string Description)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return;
        }

        page.Blank();
        page.Heading(title + ":");
        page.Fields(1, [.. all.Select(row => (row.Name, (StyledText)row.Description))]);
    }

    private static void WriteExamples(Page page, CommandLineApplication command)
    {
        if (string.IsNullOrEmpty(command.ExtendedHelpText))
        {
            return;
        }

        page.Blank();
        page.Heading("Examples:");
        foreach (var example in command.ExtendedHelpText.Split('\n'))
        {
            page.WrittenCommand(example);
        }
    }
}
