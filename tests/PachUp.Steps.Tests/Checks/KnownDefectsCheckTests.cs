using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;
using PachUp.Steps.Checks;
using PachUp.Testing;
using Snapshooter.Xunit;
using static PachUp.Testing.Inventories;

namespace PachUp.Steps.Tests.Checks;

public class KnownDefectsCheckTests
{
    [Theory]
    [InlineData("1.7.14", "1.8.8")]
    [InlineData("1.8.7", "1.9.0")]
    [InlineData("1.8.8", "1.9.12")]
    [InlineData("1.7.14", "1.9.12")]
    public void Each_pair_of_releases_has_its_defects(string source, string target)
    {
        var defects = KnownDefects.All.Where(defect => defect.Concerns(Release.Parse(source), Release.Parse(target)));

        Snapshot.Match(string.Join('\n', defects), $"{nameof(KnownDefectsCheckTests)}.{source}_to_{target}");
    }

    [Fact]
    public void Each_defect_is_either_avoided_or_left_to_somebody() =>
        Assert.All(KnownDefects.All, defect => Assert.True(defect.AvoidedBy is null != defect.ToDo is null, defect.What));

    [Fact]
    public async Task Those_that_are_left_to_somebody_are_a_warning_with_what_to_do()
    {
        var result = await new KnownDefectsCheck().AskAsync(AskedContext.Of(Of()) with { TargetRelease = new Release(1, 9, 0) }, CancellationToken.None);

        Assert.Equal(CheckOutcome.Warning, result.Outcome);
        Assert.Contains(result.Items, item => item.Contains("#4154", StringComparison.Ordinal) && item.Contains("Kubernetes 1.15", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Items, item => item.Contains("#4662", StringComparison.Ordinal));
    }
}
