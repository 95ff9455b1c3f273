using PachUp.Pachyderm;
using PachUp.Sdk;

namespace UnfitPlugin;

/// <summary>Breaks every rule, each with another thing that it offers.</summary>
public sealed class Plugin : IPachUpPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddStep(new WritesInPreview());
        registry.AddStep(new LeavesFileInPreview());
        registry.AddStep(new WritesInRehearsal());
        registry.AddStep(new AppendsEachTime());
        registry.AddStep(new BelievesItsPlans());
        registry.AddStep(new ForgetsToUndo());
        registry.AddStep(new CannotUndo());
        registry.AddStep(new Mumbles());
        registry.AddStep(new Crashes());
        registry.AddCheck(new PoorCheck());
        registry.AddRoute(new LossyRoute());
        registry.AddRoute(new SilentRoute(new ReleaseLine(1, 7), new ReleaseLine(1, 8)));
        registry.AddRoute(new BufferingRoute());
    }
}
