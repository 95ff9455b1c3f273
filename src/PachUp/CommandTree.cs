using McMaster.Extensions.CommandLineUtils;
using PachUp.CommandLine;
using PachUp.Commands;
using PachUp.Terminals;

namespace PachUp;

/// <summary>All commands of the tool.</summary>
internal static class CommandTree
{
    /// <summary>The root command.</summary>
    /// <param name="terminal">Where commands answer.</param>
    /// <param name="help">Where help and version go.</param>
    /// <param name="cancellationToken">Asks the running command to stop.</param>
    public static CommandLineApplication Build(Terminal terminal, TextWriter help, CancellationToken cancellationToken)
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
        root.VersionOption("--version", ToolVersion.Text);
        var tree = new CommandBranch(root, terminal, cancellationToken);
        tree.Add("plan", command => new PlanCommand(command));
        tree.Add("rehearse", command => new RehearseCommand(command));
        tree.Add("apply", command => new ApplyCommand(command));
        tree.Add("rollback", command => new RollbackCommand(command));
        tree.Add("path", command => new PathCommand(command));
        tree.Add("status", command => new StatusCommand(command));
        tree.Add("check", command => new CheckCommand(command));
        tree.Add("explain", command => new ExplainCommand(command));
        tree.Add("verify", command => new VerifyCommand(command));
        tree.Add("extract", command => new ExtractCommand(command));
        tree.Add("restore", command => new RestoreCommand(command));
        var archive = tree.AddBranch("archive", "Looks at files that \"pachctl extract\" or PachUp wrote, and converts them.");
        archive.Add("inspect", command => new ArchiveInspectCommand(command));
        archive.Add("verify", command => new ArchiveVerifyCommand(command));
        archive.Add("diff", command => new ArchiveDiffCommand(command));
        archive.Add("convert", command => new ArchiveConvertCommand(command));
        var runs = tree.AddBranch("runs", "Looks at what was done before.");
        runs.Add("list", command => new RunsListCommand(command));
        runs.Add("show", command => new RunsShowCommand(command));
        runs.Add("report", command => new RunsReportCommand(command));
        var plugin = tree.AddBranch("plugin", "Looks at the plugins, and installs and removes them.");
        plugin.Add("list", command => new PluginListCommand(command));
        plugin.Add("search", command => new PluginSearchCommand(command));
        plugin.Add("install", command => new PluginInstallCommand(command));
        plugin.Add("update", command => new PluginUpdateCommand(command));
        plugin.Add("uninstall", command => new PluginUninstallCommand(command));
        var trust = plugin.AddBranch("trust", "Accepts plugins that did not ship with PachUp.");
        trust.Add("list", command => new PluginTrustListCommand(command));
        trust.Add("add", command => new PluginTrustAddCommand(command));
        trust.Add("remove", command => new PluginTrustRemoveCommand(command));
        tree.Add("sandbox", command => new SandboxCommand(command));
        tree.Add("schema", command => new SchemaCommand(command));
        return root;
    }
}
