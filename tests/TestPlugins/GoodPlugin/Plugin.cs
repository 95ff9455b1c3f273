using PachUp.Sdk;

namespace GoodPlugin;

/// <summary>Offers one of everything.</summary>
public sealed class Plugin : IPachUpPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddStep(new SayStep());
        registry.AddStep(new ReportStep());
        registry.AddCheck(new WeekdayCheck());
        registry.AddRoute(new SampleRoute());
        registry.AddPlatform(new PaperPlatform());
    }
}
