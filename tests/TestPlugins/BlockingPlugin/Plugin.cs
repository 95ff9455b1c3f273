using PachUp.Sdk;

namespace BlockingPlugin;

/// <summary>Waits for something that never comes.</summary>
public sealed class Plugin : IPachUpPlugin
{
    public void Register(IPluginRegistry registry)
    {
        using var never = new ManualResetEventSlim();
        never.Wait();
    }
}
