using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm18To19;

/// <summary>Offers the route from Pachyderm 1.8 to 1.9.</summary>
public sealed class Pachyderm18To19Plugin : IPachUpPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddRoute(new Route18To19());
}
