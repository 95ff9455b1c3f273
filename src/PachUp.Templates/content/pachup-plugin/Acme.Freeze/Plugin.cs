using PachUp.Sdk;

namespace Acme.Freeze;

/// <summary>Registers what the plugin offers. Names must be unique, so they begin with the name of the plugin.</summary>
public sealed class Plugin : IPachUpPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddStep(new FreezeStep());
        registry.AddCheck(new EgressCheck());
        registry.AddRoute(new Route18To110());
    }
}
