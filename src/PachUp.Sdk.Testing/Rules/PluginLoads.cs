using PachUp.Sdk.Testing.Environments;

namespace PachUp.Sdk.Testing.Rules;

/// <inheritdoc cref="ConformanceRules.PluginLoads"/>
internal sealed class PluginLoads : Rule
{
    public override string Name => RuleNames.PluginLoads;

    public override async Task<string> LookAsync(Trial plugin, CancellationToken cancellationToken)
    {
        var loaded = PluginUnderTest.Load(plugin.Folder);
        var offers = loaded.Offer.Steps.Concat(loaded.Offer.Checks).Concat(loaded.Offer.Routes).Concat(loaded.Offer.Platforms).ToList();
        if (offers.Count == 0)
        {
            throw new RuleBrokenException($"\"{loaded.Offer.Path}\" is loaded but offers nothing. Let its Register add steps, checks, routes or platforms.");
        }

        if (plugin.Plan is not null)
        {
            await using var environment = await TestEnvironment.StartAsync(plugin, cancellationToken);
        }

        return $"{loaded.Offer.Name} {loaded.Offer.Version} offers {string.Join(", ", offers)}";
    }
}
