using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Releases;

/// <summary>Decides whether a plan that starts from any line knows the release that answered.</summary>
public static class AnyReleaseGate
{
    /// <summary>Decides. Asks nobody and changes nothing.</summary>
    /// <param name="source">The release that runs.</param>
    /// <param name="catalogue">The known releases.</param>
    public static CheckResult Decide(Release source, ReleaseCatalogue catalogue) => source switch
    {
        _ when ReleaseTraits.Of(source).Generation == OperationGeneration.None => CheckResult.Refused(
            $"The source is {source}, whose extract PachUp does not know.", "PachUp knows the releases from 1.7.0 to 1.13."),
        { IsCustomBuild: true } => CheckResult.Warning(
            $"The source is {source}, a custom build: PachUp takes it for {source.WithoutSuffix()} and cannot know what was changed in it.",
            "Accept the warning if you know the build."),
        _ when !catalogue.Contains(source) => CheckResult.Warning(
            $"The source is {source}, which this PachUp does not know.", "Update PachUp with `dotnet tool update --global PachUp`; or accept the warning."),
        _ => CheckResult.Passed($"The source is {source}."),
    };
}
