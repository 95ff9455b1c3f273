using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Commands.Archives.Convert;
using PachUp.Commands.Archives.Diff;
using PachUp.Commands.Archives.Inspect;
using PachUp.Commands.Archives.Verify;
using PachUp.Commands.Clusters.Extract;
using PachUp.Commands.Clusters.Restore;
using PachUp.Commands.Clusters.Status;
using PachUp.Commands.Clusters.Verify;
using PachUp.Commands.Completions;
using PachUp.Commands.Plans.Check;
using PachUp.Commands.Plans.Explain;
using PachUp.Commands.Plans.FindPath;
using PachUp.Commands.Plans.Plan;
using PachUp.Commands.Plans.Rehearse;
using PachUp.Commands.Plans.Schema;
using PachUp.Commands.Plans.Show;
using PachUp.Commands.Plugins.Install;
using PachUp.Commands.Plugins.List;
using PachUp.Commands.Plugins.New;
using PachUp.Commands.Plugins.Search;
using PachUp.Commands.Plugins.Trust.Add;
using PachUp.Commands.Plugins.Trust.List;
using PachUp.Commands.Plugins.Trust.Remove;
using PachUp.Commands.Plugins.Uninstall;
using PachUp.Commands.Plugins.Update;
using PachUp.Commands.Runs.Apply;
using PachUp.Commands.Runs.List;
using PachUp.Commands.Runs.Report;
using PachUp.Commands.Runs.RollBack;
using PachUp.Commands.Runs.Show;
using PachUp.Commands.Runs.SwitchClients;
using PachUp.Commands.Sandboxes;
using PachUp.Commands.Settings;

namespace PachUp;

/// <summary>All commands of the tool.</summary>
internal sealed class CommandTree
{
    private readonly CommandLineApplication _root;
    private readonly CommandBranch _branch;

    private CommandTree(CommandLineApplication root, CommandBranch branch) => (_root, _branch) = (root, branch);

    /// <summary>Carries out a command line. Only the command that it names is built.</summary>
    /// <returns>The exit code.</returns>
    public int Execute(params string[] arguments)
    {
        _branch.Declare(arguments);
        return _root.Execute(arguments);
    }

    /// <summary>The root command, with all commands and their options.</summary>
    public CommandLineApplication Whole()
    {
        _branch.DeclareAll();
        return _root;
    }

    /// <summary>The commands, by name and summary.</summary>
    /// <param name="terminal">Where commands answer.</param>
    /// <param name="help">Where help and version go.</param>
    /// <param name="cancellationToken">Asks the running command to stop.</param>
    public static CommandTree Build(Terminal terminal, TextWriter help, CancellationToken cancellationToken)
    {
        var console = new HelpConsole(help);
        var root = new CommandLineApplication(new HelpText(), console, Directory.GetCurrentDirectory(), throwOnUnexpectedArg: false)
        {
            Name = "pachup",
            Description = "Upgrades and migrates Pachyderm clusters, and loses nothing silently.",
            ExtendedHelpText = string.Join('\n',
                "pachup apply pachyderm-1.8.7-to-1.9.0 --sandbox --yes",
                "pachup plan pachyderm-1.8.7-to-1.9.0 --source old:30650 --target new:30650"),
        };
        root.VersionOption("--version", () => ToolVersion.Description);
        var tree = new CommandBranch(root, terminal, command => DeclareCommon(command, terminal), cancellationToken);
        tree.Add("plan", PlanCommand.Summary, command => new PlanCommand(command));
        tree.Add("show", ShowCommand.Summary, command => new ShowCommand(command));
        tree.Add("rehearse", RehearseCommand.Summary, command => new RehearseCommand(command));
        tree.Add("apply", ApplyCommand.Summary, command => new ApplyCommand(command));
        tree.Add("rollback", RollbackCommand.Summary, command => new RollbackCommand(command));
        tree.Add("switch", SwitchCommand.Summary, command => new SwitchCommand(command));
        tree.Add("path", PathCommand.Summary, command => new PathCommand(command));
        tree.Add("status", StatusCommand.Summary, command => new StatusCommand(command));
        tree.Add("config", ConfigCommand.Summary, command => new ConfigCommand(command));
        tree.Add("completion", CompletionCommand.Summary, command => new CompletionCommand(command, () => Build(terminal, help, cancellationToken).Whole()));
        tree.AddHidden("complete", CompleteCommand.Summary, command => new CompleteCommand(command));
        tree.Add("check", CheckCommand.Summary, command => new CheckCommand(command));
        tree.Add("explain", ExplainCommand.Summary, command => new ExplainCommand(command));
        tree.Add("verify", VerifyCommand.Summary, command => new VerifyCommand(command));
        tree.Add("extract", ExtractCommand.Summary, command => new ExtractCommand(command));
        tree.Add("restore", RestoreCommand.Summary, command => new RestoreCommand(command));
        var archive = tree.AddBranch("archive", "Inspects, verifies, compares and converts archives of \"pachctl extract\" and PachUp.");
        archive.Add("inspect", ArchiveInspectCommand.Summary, command => new ArchiveInspectCommand(command));
        archive.Add("verify", ArchiveVerifyCommand.Summary, command => new ArchiveVerifyCommand(command));
        archive.Add("diff", ArchiveDiffCommand.Summary, command => new ArchiveDiffCommand(command));
        archive.Add("convert", ArchiveConvertCommand.Summary, command => new ArchiveConvertCommand(command));
        var runs = tree.AddBranch("runs", "Shows earlier runs.");
        runs.Add("list", RunsListCommand.Summary, command => new RunsListCommand(command));
        runs.Add("show", RunsShowCommand.Summary, command => new RunsShowCommand(command));
        runs.Add("report", RunsReportCommand.Summary, command => new RunsReportCommand(command));
        var plugin = tree.AddBranch("plugin", "Lists, installs and removes plugins.");
        plugin.Add("list", PluginListCommand.Summary, command => new PluginListCommand(command));
        plugin.Add("new", PluginNewCommand.Summary, command => new PluginNewCommand(command));
        plugin.Add("search", PluginSearchCommand.Summary, command => new PluginSearchCommand(command));
        plugin.Add("install", PluginInstallCommand.Summary, command => new PluginInstallCommand(command));
        plugin.Add("update", PluginUpdateCommand.Summary, command => new PluginUpdateCommand(command));
        plugin.Add("uninstall", PluginUninstallCommand.Summary, command => new PluginUninstallCommand(command));
        var trust = plugin.AddBranch("trust", "Manages which plugins you trust.");
        trust.Add("list", PluginTrustListCommand.Summary, command => new PluginTrustListCommand(command));
        trust.Add("add", PluginTrustAddCommand.Summary, command => new PluginTrustAddCommand(command));
        trust.Add("remove", PluginTrustRemoveCommand.Summary, command => new PluginTrustRemoveCommand(command));
        tree.Add("sandbox", SandboxCommand.Summary, command => new SandboxCommand(command));
        tree.Add("schema", SchemaCommand.Summary, command => new SchemaCommand(command));
        return new CommandTree(root, tree);
    }

    private static Action DeclareCommon(CommandLineApplication command, Terminal terminal)
    {
        var options = new CommonOptions(command);
        return () =>
        {
            terminal.Answers(OutputOption.FormatOf(command));
            terminal.Began = options.Begin(terminal, HelpText.NameOf(command));
        };
    }
}
