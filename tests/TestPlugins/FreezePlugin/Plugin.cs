using PachUp.Sdk;

namespace FreezePlugin;

/// <summary>Keeps every rule: a step, a check, and a way from 1.8 to 1.9.</summary>
public sealed class Plugin : IPachUpPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddStep(new FreezeStep());
        registry.AddCheck(new SchedulerCheck());
        registry.AddRoute(new FreezeRoute());
    }
}
