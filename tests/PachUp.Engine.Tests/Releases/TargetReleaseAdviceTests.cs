using PachUp.Engine.Releases;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Tests.Releases;

public class TargetReleaseAdviceTests
{
    [Theory]
    [InlineData("1.9.12", CheckOutcome.Passed, "The target is 1.9.12, the latest point release of line 1.9.", "")]
    [InlineData(
        "1.9.5", CheckOutcome.Passed,
        "The target is 1.9.5; the latest point release of line 1.9 is 1.9.12.",
        "Consider --to 1.9.12, because releases before 1.9.6 extract neither repos with provenance nor many pipeline fields.")]
    [InlineData(
        "1.9.11", CheckOutcome.Passed,
        "The target is 1.9.11; the latest point release of line 1.9 is 1.9.12.",
        "Consider --to 1.9.12, because 1.9.12 has the fixes of all 1.9 releases after 1.9.11.")]
    [InlineData("1.9.13", CheckOutcome.Refused, "There is no Pachyderm release 1.9.13.", "Choose a published release with --to, such as 1.9.12.")]
    [InlineData("1.99.0", CheckOutcome.Refused, "There is no Pachyderm release 1.99.0.", "Choose a published release with --to, such as 1.13.0.")]
    [InlineData(
        "1.9.0-ourpatch", CheckOutcome.Warning,
        "The target is 1.9.0-ourpatch, a custom build. PachUp treats it as 1.9.0 and cannot know what was changed in it.",
        "Choose a published release with --to, such as 1.9.12. Or, if you know the build, accept the warning.")]
    public void The_target_release_is_checked(string target, CheckOutcome outcome, string found, string remedy)
    {
        var advice = TargetReleaseAdvice.For(Release.Parse(target), ReleaseCatalogue.BuiltIn);

        Assert.Equal(outcome, advice.Outcome);
        Assert.Equal(found, advice.Found);
        Assert.Equal(remedy, advice.Remedy);
    }
}
