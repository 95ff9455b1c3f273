using System.Collections.Immutable;
using PachUp.Engine.Plans;

namespace PachUp.Engine.Plugins;

/// <summary>Puts together what plugins offer. Each name belongs to the first that takes it.</summary>
internal sealed class CatalogueBuilder
{
    private readonly Dictionary<Claim, string> _owners = [];
    private readonly List<PluginRegistry> _accepted = [];

    /// <summary>Accepts all that a plugin offers, or nothing.</summary>
    /// <exception cref="PluginException">It takes a name that is taken.</exception>
    public void Accept(PluginRegistry offer)
    {
        var conflicts = ConflictsOf(offer);
        if (conflicts.Length > 0)
        {
            throw new PluginException(
                $"It offers {string.Join(", and ", conflicts)}; \"{offer.Origin}\" is not used.",
                "Remove one of the two.");
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
        var own = new HashSet<Claim>();
        return [.. offer.Claims.Select(claim => ConflictOf(claim, own)).OfType<string>()];
    }

    private string? ConflictOf(Claim claim, HashSet<Claim> own)
    {
        if (_owners.TryGetValue(claim, out var owner))
        {
            return $"the {claim}, which \"{owner}\" offers already";
        }

        return own.Add(claim) ? null : $"the {claim} twice";
    }
}
