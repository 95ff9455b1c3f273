using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Steps;
using PachUp.Sdk.Testing.Rules;
using PachUp.Steps;

namespace PachUp.Sdk.Testing.Stages;

/// <summary>A plugin as one process of the host has loaded it: beside what is built in, in a context of its own, with static state of its own.</summary>
/// <param name="Offer">What it offers.</param>
/// <param name="Catalogue">That, and what is built in.</param>
internal sealed record PluginUnderTest(LoadedPlugin Offer, Catalogue Catalogue)
{
    /// <summary>Its steps.</summary>
    public IEnumerable<StepDescriptor> Steps => Catalogue.Steps.All.Where(step => Offer.Steps.Contains(step.Name));

    /// <summary>Its checks, and those of its routes.</summary>
    public IEnumerable<ICheck> Checks =>
        Catalogue.Checks.Where(check => Offer.Checks.Contains(check.Name)).Concat(Routes.SelectMany(route => route.Checks)).DistinctBy(check => check.Name);

    /// <summary>Its routes.</summary>
    public IEnumerable<MigrationRoute> Routes => Catalogue.Routes.Where(route => Offer.Routes.Contains($"{route.From} -> {route.To}"));

    /// <summary>Loads it.</summary>
    /// <exception cref="RuleBrokenException">The host does not take it.</exception>
    public static PluginUnderTest Load(string folder)
    {
        // What was built beside the tests is as trustworthy as the tests are.
        var place = new PluginFolder(folder, IsExpected: true) { IsShipped = true };
        var loaded = PluginHost.Load([new StepsPlugin()], [place]);
        return loaded switch
        {
            { Plugins: [var plugin, ..] } => new PluginUnderTest(plugin, loaded.Catalogue),
            { Problems: [var problem, ..] } => throw new RuleBrokenException($"the host does not take \"{problem.Path}\": {problem.Reason} {problem.Remedy}"),
            _ => throw new RuleBrokenException(
                $"there is no plugin in \"{folder}\", which should hold {Path.GetFileName(folder)}.dll. Let the test project refer to the plugin's project with "
                + "OutputItemType=\"PluginUnderTest\", or name its folder."),
        };
    }
}
