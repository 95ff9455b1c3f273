using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm111To112;

/// <summary>Offers the route from Pachyderm 1.11 to 1.12.</summary>
public sealed class Pachyderm111To112Plugin : IPachUpPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddRoute(new Route111To112());
}
