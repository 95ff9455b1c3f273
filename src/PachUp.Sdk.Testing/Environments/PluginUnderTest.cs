using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Steps;
using PachUp.Steps;

namespace PachUp.Sdk.Testing.Environments;

/// <summary>A plugin as one process of the host loads it: together with the built-in plugin, but with its own context and static state.</summary>
/// <param name="Offer">The plugin's offers.</param>
/// <param name="Catalogue">The offers of the plugin and the built-in ones.</param>
internal sealed record PluginUnderTest(LoadedPlugin Offer, Catalogue Catalogue)
{
    /// <summary>Its steps.</summary>
    public IEnumerable<StepDescriptor> Steps => Catalogue.Steps.All.Where(step => Offer.Steps.Contains(step.Name));

    /// <summary>Its checks, and those of its routes.</summary>
    public IEnumerable<ICheck> Checks =>
        Catalogue.Checks.Where(check => Offer.Checks.Contains(check.Name)).Concat(Routes.SelectMany(route => route.Checks)).DistinctBy(check => check.Name);

    /// <summary>Its routes.</summary>
    public IEnumerable<MigrationRoute> Routes => Catalogue.Routes.Where(route => Offer.Routes.Contains($"{route.From} -> {route.To}"));

    /// <summary>Loads a plugin.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="others">The folders of other plugins whose steps the plan uses.</param>
    /// <exception cref="RuleBrokenException">The host refuses it.</exception>
    public static PluginUnderTest Load(string folder, params IEnumerable<string> others)
    {
        // A plugin that was built with the tests is trusted like the tests.
        var loaded = PluginHost.Load([new StepsPlugin()], [.. others.Prepend(folder).Select(each => new PluginFolder(each, IsExpected: true) { IsShipped = true })]);
        return loaded switch
        {
            { Plugins: [var plugin, ..] } => new PluginUnderTest(plugin, loaded.Catalogue),
            { Problems: [var problem, ..] } => throw new RuleBrokenException($"the host refuses \"{problem.Path}\": {problem.Reason} {problem.Remedy}"),
            _ => throw new RuleBrokenException(
                $"\"{folder}\" contains no plugin ({Path.GetFileName(folder)}.dll is missing). Let the test project reference the plugin's project with "
                + "OutputItemType=\"PluginUnderTest\", or name its folder."),
        };
    }
}
