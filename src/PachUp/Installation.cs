using PachUp.CommandLine;
using PachUp.Engine;
using PachUp.Engine.Plugins;
using PachUp.Terminals;
using PachUp.Views;

namespace PachUp;

/// <summary>What lies beside the tool: its plugins, its plans and its sample.</summary>
internal static class Installation
{
    private const string PlanPattern = "*.yaml";

    /// <summary>What the sandbox is filled with where nothing else is named: the state of a real 1.8.7 cluster.</summary>
    public static string SampleArchive => Path.Combine(AppContext.BaseDirectory, "samples", "1.8.7-world-full.snappy");

    private static string PlansFolder => Path.Combine(AppContext.BaseDirectory, "migration-plans");

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

    /// <summary>Loads what is built in and all plugins.</summary>
    public static PluginLoadResult LoadPlugins(PluginOption plugins) => PluginHost.Load(
        [new BuiltInPlugin()],
        PluginFolder.All(
            AppContext.BaseDirectory,
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            Environment.GetEnvironmentVariable,
            plugins.Directories));

    /// <summary>The file of a plan that is given by its path, or by the name of one that ships with the tool.</summary>
    /// <exception cref="UsageException">There is neither.</exception>
    public static string FindPlan(string plan)
    {
        if (File.Exists(plan))
        {
            return plan;
        }

        var shipped = ShippedPlans();
        return shipped.TryGetValue(plan, out var path) || shipped.TryGetValue("pachyderm-" + Path.GetFileNameWithoutExtension(plan), out path)
            ? path
            : throw UnknownPlan(plan, shipped.Keys);
    }

    private static SortedDictionary<string, string> ShippedPlans()
    {
        var files = Directory.Exists(PlansFolder) ? Directory.EnumerateFiles(PlansFolder, PlanPattern) : [];
        return new(files.ToDictionary(file => "pachyderm-" + Path.GetFileNameWithoutExtension(file)), StringComparer.Ordinal);
    }

    private static UsageException UnknownPlan(string plan, IReadOnlyCollection<string> names) => new(
        $"there is no plan \"{plan}\": neither a file nor the name of a plan that ships with PachUp",
        NearestName.Of(plan, names) is { } nearest ? $"Did you mean \"{nearest}\"?" : $"Give the path of a plan, or one of: {string.Join(", ", names)}.");
}
