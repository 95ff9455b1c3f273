using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Plugins.Installing;
using PachUp.Engine.Steps.Failing;
using PachUp.Pachyderm;

namespace PachUp.Model;

/// <summary>The files that ship with the tool: plugins, plans and samples.</summary>
internal static class Installation
{
    private const string SampleEnding = "-full.snappy";

    /// <summary>The release whose sample is used by default.</summary>
    public static Release SampleRelease { get; } = new(1, 8, 7);

    /// <summary>The default archive for a sandbox of a line: the state of a real cluster.</summary>
    public static string SampleArchiveOf(ReleaseLine line)
    {
        var samples = Path.Combine(AppContext.BaseDirectory, "samples");
        return Directory.EnumerateFiles(samples, $"{line}.*{SampleEnding}").Order(StringComparer.Ordinal).FirstOrDefault()
            ?? Path.Combine(samples, $"{SampleRelease}-world{SampleEnding}");
    }

    /// <summary>Loads all plugins. Warns of each plugin that cannot be used.</summary>
    public static Catalogue LoadCatalogue(PluginOption plugins, Terminal terminal)
    {
        var loaded = LoadPlugins(plugins);
        WarnOfProblems(loaded, terminal);
        return loaded.Catalogue;
    }

    /// <summary>Warns of each plugin that cannot be used.</summary>
    public static void WarnOfProblems(PluginLoadResult loaded, Terminal terminal)
    {
        foreach (var problem in loaded.Problems)
        {
            terminal.Warn($"the plugin \"{problem.Path}\" is not used. {problem.Reason} {problem.Remedy}");
        }
    }

    /// <summary>The folder of the plugins that ship with the tool.</summary>
    public static string ShippedPlugins => Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>What the code of plugins does in this process.</summary>
    public static PluginActivity Activity { get; } = new();

    /// <summary>The plugins that the user trusts.</summary>
    public static PluginTrust Trust { get; } = PluginTrust.Of(Home, Environment.GetEnvironmentVariable);

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>Loads all plugins.</summary>
    public static PluginLoadResult LoadPlugins(PluginOption plugins) => PluginHost.Load(
        builtIn: [], FoldersWith(plugins.Directories), new PluginHostOptions { IsTrusted = Trust.Accepts, Activity = Activity });

    /// <summary>The folder into which plugins are installed.</summary>
    public static string PluginFolderOfUser => PluginFolder.OfUser(Home, Environment.GetEnvironmentVariable).Path;

    /// <summary>Loads a plugin before it is installed, together with all others except the one that it replaces.</summary>
    /// <exception cref="PluginException">It cannot be used.</exception>
    public static LoadedPlugin Try(StagedPlugin plugin, InstalledPlugin entry, string place)
    {
        var options = new PluginHostOptions
        {
            IsTrusted = files => files.Sha256 == entry.FilesSha256 || Trust.Accepts(files),
            Activity = Activity,
            Candidate = plugin.Folder,
            Except = [place],
        };
        var loaded = PluginHost.Load(builtIn: [], FoldersWith([plugin.Folder]), options);
        return loaded.Plugins.FirstOrDefault(tried => Path.GetDirectoryName(tried.Path) == plugin.Folder)
            ?? throw ProblemOf(plugin, loaded);
    }

    private static PluginException ProblemOf(StagedPlugin plugin, PluginLoadResult loaded)
    {
        var problem = loaded.Problems.First(problem => problem.Path.StartsWith(plugin.Folder, StringComparison.Ordinal));
        return new PluginException($"{plugin.Id} cannot be used, and was not installed. {problem.Reason}", "Tell its author.");
    }

    private static IReadOnlyList<PluginFolder> FoldersWith(IEnumerable<string> more) =>
        PluginFolder.All(AppContext.BaseDirectory, Home, Environment.GetEnvironmentVariable, more);

    /// <summary>The file of a plan: given by its path, by the path of a shipped plan, or by its name.</summary>
    /// <param name="plan">What the user gave.</param>
    /// <param name="catalogue">What is loaded; plugins may contain plans.</param>
    /// <exception cref="PlanNotFoundException">There is no such plan, or more than one.</exception>
    public static string FindPlan(string plan, Catalogue catalogue)
    {
        var besideTool = Path.Combine(AppContext.BaseDirectory, plan);
        return !File.Exists(plan) && File.Exists(besideTool) ? besideTool : PlanFinder.For(catalogue).Find(plan);
    }

    /// <summary>The file of the plan that a command runs, such as <c>extract</c>.</summary>
    public static string PlanOfCommand(string command) => Path.Combine(AppContext.BaseDirectory, "command-plans", command + ".yaml");
}
