using PachUp.Sdk;

namespace Acme.Pair;

/// <summary>Offers the route from Pachyderm 1.8 to 1.10.</summary>
public sealed class Plugin : IPachUpPlugin
{
    public void Register(IPluginRegistry registry) => registry.AddRoute(new Route18To110());
}
