using PachUp.Plugins.Buckets.Checking;
using PachUp.Plugins.Buckets.Checks;
using PachUp.Plugins.Buckets.Copying;
using PachUp.Sdk;

namespace PachUp.Plugins.Buckets;

/// <summary>Offers the steps that copy buckets.</summary>
public sealed class BucketsPlugin : IPachUpPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.AddStep(new CopyStep());
        registry.AddStep(new CheckStep());
        registry.AddCheck(new RcloneCheck());
    }
}
