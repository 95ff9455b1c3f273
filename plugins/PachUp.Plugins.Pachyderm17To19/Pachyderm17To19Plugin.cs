using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm17To19;

/// <summary>Offers the route from Pachyderm 1.7 to 1.9.</summary>
public sealed class Pachyderm17To19Plugin : IPachUpPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddRoute(new Route17To19());
}
