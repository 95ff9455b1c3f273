using PachUp.Sdk;

namespace Acme.Freeze;

/// <summary>Says what there is. Its names must be nobody else's, so they begin with the name of the plugin.</summary>
public sealed class Plugin : IPachUpPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddStep(new FreezeStep());
        registry.AddCheck(new EgressCheck());
        registry.AddRoute(new Route19To110());
    }
}
