using PachUp.Sdk;

namespace MisbehavingPlugin;

public sealed class Plugin : IPachUpPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddStep(new ThrowStep());
        registry.AddStep(new ExitStep());
    }
}
