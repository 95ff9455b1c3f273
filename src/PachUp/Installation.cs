using PachUp.CommandLine;
using PachUp.Engine;
using PachUp.Engine.Plans;
using PachUp.Engine.Plugins;
using PachUp.Pachyderm;
using PachUp.Terminals;
using PachUp.Views;

namespace PachUp;

/// <summary>What lies beside the tool: its plugins, its plans and its sample.</summary>
internal static class Installation
{
    /// <summary>What the sandbox is filled with where nothing else is named: the state of a real 1.8.7 cluster.</summary>
    public static string SampleArchive => Path.Combine(AppContext.BaseDirectory, "samples", "1.8.7-world-full.snappy");

    /// <summary>The release that it is of.</summary>
    public static Release SampleRelease { get; } = new(1, 8, 7);

    /// <summary>Loads what is built in and all plugins; one that cannot be used is told on standard error.</summary>
    public static Catalogue LoadCatalogue(PluginOption plugins, Terminal terminal)
    {
        var loaded = LoadPlugins(plugins);
        foreach (var problem in loaded.Problems)
        {
            PluginsView.WriteProblem(terminal.Talk, problem);
        }

        return loaded.Catalogue;
    }

    /// <summary>The plugins that the user has accepted.</summary>
    public static PluginTrust Trust { get; } = PluginTrust.Of(Home, Environment.GetEnvironmentVariable);

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>Loads what is built in and all plugins.</summary>
    public static PluginLoadResult LoadPlugins(PluginOption plugins) => PluginHost.Load(
        [new BuiltInPlugin()],
        PluginFolder.All(AppContext.BaseDirectory, Home, Environment.GetEnvironmentVariable, plugins.Directories),
        new PluginHostOptions { IsTrusted = Trust.Accepts });

    /// <summary>The file of a plan: given by its path, by the path that a shipped one has beside the tool, or by its name.</summary>
    /// <exception cref="PlanNotFoundException">There is none.</exception>
    public static string FindPlan(string plan)
    {
        var besideTool = Path.Combine(AppContext.BaseDirectory, plan);
        return !File.Exists(plan) && File.Exists(besideTool) ? besideTool : new PlanFinder(PlanFinder.FolderBesideTool).Find(plan);
    }

    /// <summary>The file of the plan that a command carries out, such as <c>extract</c>.</summary>
    public static string PlanOfCommand(string command) => Path.Combine(AppContext.BaseDirectory, "command-plans", command + ".yaml");
}
