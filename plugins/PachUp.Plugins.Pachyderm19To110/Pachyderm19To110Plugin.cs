using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm19To110;

/// <summary>Offers the route from Pachyderm 1.9 to 1.10.</summary>
public sealed class Pachyderm19To110Plugin : IPachUpPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddRoute(new Route19To110());
}
