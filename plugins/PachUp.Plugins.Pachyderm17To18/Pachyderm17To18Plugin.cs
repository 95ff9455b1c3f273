using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm17To18;

/// <summary>Offers the route from Pachyderm 1.7 to 1.8.</summary>
public sealed class Pachyderm17To18Plugin : IPachUpPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddRoute(new Route17To18());
}
