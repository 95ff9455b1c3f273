using PachUp.Sdk;

namespace ThrowingPlugin;

public sealed class Plugin : IPachUpPlugin
{
    public Plugin() => throw new InvalidOperationException("no licence was found");

    public void Register(IPluginRegistry registry)
    {
    }
}
