using PachUp.Pachyderm;
using PachUp.Plugins.Pachyderm17To18;
using PachUp.Rewriting.Checks;
using PachUp.Rewriting.Rules;

namespace PachUp.Plugins.Pachyderm17To19;

/// <summary>
/// From 1.7 directly to 1.9: a 1.9 server converts operations of 1.7, including trees. It renames the inputs of pipelines but not the branches,
/// so branches are renamed before they are sent.
/// </summary>
public sealed class Route17To19() : RouteFrom17(new RulesOfTarget
{
    Checks = [new NamesCollideCheck()],
    Names = [new AllowedNames()],
    Sizes = [new ConvertedSizes()],
    Fields = [new ServiceTypes(), new RetiredFields()],
})
{
    /// <inheritdoc/>
    public override ReleaseLine To { get; } = new(1, 9);
}
