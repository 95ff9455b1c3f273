using PachUp.Pachyderm;
using PachUp.Rewriting.Checks;

namespace PachUp.Plugins.Pachyderm17To18;

/// <summary>From 1.7 to 1.8. Not every 1.8 converts the trees of commits, so a check asks for it.</summary>
public sealed class Route17To18() : RouteFrom17(new RulesOfTarget { Checks = [new TreesConvertedCheck()] })
{
    /// <inheritdoc/>
    public override ReleaseLine To { get; } = new(1, 8);
}
