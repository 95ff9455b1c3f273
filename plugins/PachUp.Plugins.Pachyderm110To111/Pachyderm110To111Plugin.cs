using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm110To111;

/// <summary>Offers the route from Pachyderm 1.10 to 1.11.</summary>
public sealed class Pachyderm110To111Plugin : IPachUpPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddRoute(new Route110To111());
}
