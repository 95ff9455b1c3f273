using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm112To113;

/// <summary>Offers the route from Pachyderm 1.12 to 1.13.</summary>
public sealed class Pachyderm112To113Plugin : IPachUpPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddRoute(new Route112To113());
}
