using System.Collections.Immutable;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Steps;

namespace PachUp.Engine.Plugins;

/// <summary>Builds the catalogue from what the plugins offer. A name belongs to the first plugin that offers it.</summary>
internal sealed class CatalogueBuilder
{
    private readonly Dictionary<Claim, string> _owners = [];
    private readonly List<PluginRegistry> _accepted = [];

    /// <summary>Accepts everything that a plugin offers, or nothing.</summary>
    /// <exception cref="PluginException">The plugin offers a name that another plugin already offers.</exception>
    public void Accept(PluginRegistry offer)
    {
        var conflicts = ConflictsOf(offer);
        if (conflicts.Length > 0)
        {
            throw new PluginException(
                $"The plugin offers {string.Join(", and ", conflicts)}.",
                "Remove one of the two plugins.");
        }

        foreach (var claim in offer.Claims)
        {
            _owners.Add(claim, offer.Origin);
        }

        _accepted.Add(offer);
    }

    public Catalogue Build() => new()
    {
        Steps = new StepCatalogue(_accepted.SelectMany(offer => offer.Steps)),
        Checks = [.. _accepted.SelectMany(offer => offer.Checks)],
        Routes = [.. _accepted.SelectMany(offer => offer.Routes).OrderBy(route => route.From).ThenBy(route => route.To)],
        Platforms = _accepted.SelectMany(offer => offer.Platforms)
            .ToImmutableSortedDictionary(platform => platform.Name, platform => platform, StringComparer.Ordinal),
    };

    private string[] ConflictsOf(PluginRegistry offer)
    {
        var taken = offer.Claims.Where(_owners.ContainsKey).GroupBy(claim => _owners[claim]);
        var twice = offer.Claims.CountBy(claim => claim).Where(claim => claim.Value > 1).Select(claim => claim.Key);
        return
        [
            .. taken.Select(claims => $"the {string.Join(", the ", claims.Distinct())}, which \"{claims.Key}\" already offers"),
            .. twice.Select(claim => $"the {claim} twice"),
        ];
    }
}
