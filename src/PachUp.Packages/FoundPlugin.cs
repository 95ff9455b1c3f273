using NuGet.Protocol.Core.Types;

namespace PachUp.Packages;

/// <summary>A plugin that a search found.</summary>
/// <param name="Id">The id of its package.</param>
/// <param name="Version">Its highest version.</param>
/// <param name="Authors">Its authors.</param>
/// <param name="Description">Its description.</param>
/// <param name="Source">The feed or folder that has it.</param>
public sealed record FoundPlugin(string Id, string Version, string Authors, string Description, string Source)
{
    internal static FoundPlugin Of(IPackageSearchMetadata package, string source) => new(
        package.Identity.Id, package.Identity.Version.ToNormalizedString(), package.Authors ?? "", package.Description ?? "", source);
}
