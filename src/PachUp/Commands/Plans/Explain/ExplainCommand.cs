using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Engine.Planning;
using PachUp.Model;

namespace PachUp.Commands.Plans.Explain;

/// <summary><c>pachup explain</c>: explains a check, or another name that plans and reports show.</summary>
internal sealed class ExplainCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Explains a check, or the reason of a change that a plan shows: what it is, why it matters, and what to do.";

    private readonly CommandArgument _check;
    private readonly PluginOption _plugins;
    private readonly OutputOption _output;

    public ExplainCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup explain open-commits",
            "pachup explain shared-bucket --output json",
            "pachup explain late-writes");
        _check = command.Argument("CHECK", "The name of a check or of the reason of a change, as plans show it.");
        _plugins = new PluginOption(command);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var name = _check.Required("Name a check; \"pachup check --list\" shows all of them.");
        var checks = CheckDescription.AllOf(Installation.LoadCatalogue(_plugins, terminal));
        if (checks.FirstOrDefault(check => check.Name == name) is { } check)
        {
            _output.Show(terminal, () => CheckDocument.Of(check), page => ChecksView.Explain(page, check));
        }
        else if (Topic.All.FirstOrDefault(topic => topic.Name == name) is { } topic)
        {
            _output.Show(terminal, () => new TopicDocument(topic.Name, topic.Meaning, topic.WhatToDo), page => Write(page, topic));
        }
        else
        {
            throw Unknown(name, checks.Select(known => known.Name).Concat(Topic.All.Select(known => known.Name)));
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static void Write(Page page, Topic topic)
    {
        page.Heading(topic.Name);
        page.Fields(1, ("Meaning", topic.Meaning), ("What to do", topic.WhatToDo));
    }

    private static UsageException Unknown(string name, IEnumerable<string> known)
    {
        var suggestion = NearestName.Of(name, known) is { } nearest ? $"Did you mean \"{nearest}\"? " : "";
        return new UsageException($"there is no check \"{name}\"", $"{suggestion}\"pachup check --list\" shows all of them.");
    }
}
