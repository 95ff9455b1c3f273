using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Releases;

/// <summary>Decides whether a plan for any line knows the release of the source.</summary>
public static class AnyReleaseGate
{
    /// <summary>Makes the decision from the arguments only.</summary>
    /// <param name="source">The release of the source.</param>
    /// <param name="catalogue">The known releases.</param>
    public static CheckResult Decide(Release source, ReleaseCatalogue catalogue) => source switch
    {
        _ when ReleaseTraits.Of(source).Generation == OperationGeneration.None => CheckResult.Refused(
            $"The source is {source}. PachUp does not know the extract format of this release.", "PachUp supports the releases from 1.7.0 to 1.13."),
        { IsCustomBuild: true } => CheckResult.Warning(
            $"The source is {source}, a custom build. PachUp treats it as {source.WithoutSuffix()} and cannot know what was changed in it.",
            "If you know the build, accept the warning."),
        _ when !catalogue.Contains(source) => CheckResult.Warning(
            $"The source is {source}, a release that this PachUp does not know.", "Update PachUp with `dotnet tool update --global PachUp`, or accept the warning."),
        _ => CheckResult.Passed($"The source is {source}."),
    };
}
