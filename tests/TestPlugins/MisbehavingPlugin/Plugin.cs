using PachUp.Sdk;

namespace MisbehavingPlugin;

public sealed class Plugin : IPachUpPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddStep(new ThrowStep());
        registry.AddStep(new ExitStep());
        registry.AddStep(new BlockStep());
        registry.AddStep(new CancelStep());
        registry.AddStep(new ThreadStep());
        registry.AddStep(new NothingStep());
        registry.AddStep(new LeakStep());
    }
}
