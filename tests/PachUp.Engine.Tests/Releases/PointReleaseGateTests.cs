using PachUp.Engine.Releases;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Tests.Releases;

public class PointReleaseGateTests
{
    private const string UpgradeTo188 =
        "run `pachctl undeploy` (never with --all), install pachctl 1.8.8, run `pachctl deploy` with the arguments of the first deployment, "
        + "and wait until `pachctl version` shows 1.8.8 for both pachctl and pachd";

    public static TheoryData<string, CheckOutcome, string, string> Sources => new()
    {
        {
            "1.8.8", CheckOutcome.Passed,
            "The source is 1.8.8, the latest point release of line 1.8.",
            ""
        },
        {
            "1.8.7", CheckOutcome.Warning,
            "The source is 1.8.7; the latest point release of line 1.8 is 1.8.8.",
            "PachUp recommends to upgrade the source to 1.8.8 first, because releases before 1.8.8 extract pipelines without their salts "
            + $"(pachyderm/pachyderm#4077). To upgrade, {UpgradeTo188}."
        },
        {
            "1.8.6", CheckOutcome.Refused,
            "The source is 1.8.6; this plan accepts 1.8.7 and later point releases of line 1.8.",
            $"First upgrade the source to 1.8.8, the latest release of line 1.8: {UpgradeTo188}."
        },
        {
            "1.8.5-dev", CheckOutcome.Refused,
            "The source is 1.8.5-dev; this plan accepts 1.8.7 and later point releases of line 1.8.",
            $"First upgrade the source to 1.8.8, the latest release of line 1.8: {UpgradeTo188}."
        },
        {
            "1.8.7-ourpatch", CheckOutcome.Warning,
            "The source is 1.8.7-ourpatch, a custom build. PachUp treats it as 1.8.7 and cannot know what was changed in it.",
            $"Upgrade the source to 1.8.8, a published release: {UpgradeTo188}. Or, if you know the build, accept the warning."
        },
        {
            "1.8.8-rc1", CheckOutcome.Refused,
            "The source is 1.8.8-rc1, a pre-release build. No release supports its data (pachyderm/pachyderm#1801).",
            "Deploy 1.8.8 as a new cluster, load your data from its original place, and migrate that cluster."
        },
        {
            "1.8.9", CheckOutcome.Warning,
            "The source is 1.8.9. The latest point release of line 1.8 that this PachUp knows is 1.8.8.",
            "Update PachUp with `dotnet tool update --global PachUp`, or accept the warning."
        },
        {
            "1.7.14", CheckOutcome.Refused,
            "The source is 1.7.14, a release of line 1.7, but this plan migrates from line 1.8.",
            "First migrate the source to line 1.8: 1.7 -> 1.8, one migration per arrow. Then use this plan."
        },
        {
            "1.5.3", CheckOutcome.Refused,
            "The source is 1.5.3, a release of line 1.5, but this plan migrates from line 1.8.",
            "First migrate the source to line 1.8: 1.5 -> 1.6 -> 1.7 -> 1.8, one migration per arrow. Then use this plan."
        },
        {
            "1.9.0", CheckOutcome.Refused,
            "The source is 1.9.0, a release of line 1.9, but this plan migrates from line 1.8.",
            "The source is already newer than line 1.8. Use a plan that migrates from line 1.9."
        },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_plan_from_1_8_7_decides_about_the_source(string source, CheckOutcome outcome, string found, string remedy)
    {
        var answer = PointReleaseGate.Decide(Release.Parse(source), new ReleaseLine(1, 8), new Release(1, 8, 7), ReleaseCatalogue.BuiltIn);

        Assert.Equal(outcome, answer.Outcome);
        Assert.Equal(found, answer.Found);
        Assert.Equal(remedy, answer.Remedy);
    }
}
