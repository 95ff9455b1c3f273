using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Checks;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Plugins.Pachyderm112To113.Tests;

/// <summary>1.13 without an enterprise key takes 16 pipelines with 8 workers each.</summary>
public class CommunityLimitsTests
{
    [Theory]
    [InlineData(16, 8, CheckOutcome.Passed)]
    [InlineData(17, 8, CheckOutcome.Refused)]
    [InlineData(1, 9, CheckOutcome.Refused)]
    public async Task A_cluster_beyond_the_limits_is_refused(int pipelines, int workers, CheckOutcome expected)
    {
        var result = await AskAsync(Release.Parse("1.13.4"), pipelines, workers);

        Assert.Equal(expected, result.Outcome);
    }

    [Fact]
    public async Task What_exceeds_them_is_named()
    {
        var result = await AskAsync(Release.Parse("1.13.4"), 17, 9);

        Assert.Equal("17 pipelines", result.Items[0]);
        Assert.Equal("pipeline p01: 9 workers", result.Items[1]);
        Assert.Equal(18, result.Items.Length);
    }

    [Fact]
    public async Task An_earlier_target_has_no_limits() => Assert.Equal(CheckOutcome.Passed, (await AskAsync(Release.Parse("1.12.5"), 17, 9)).Outcome);

    private static Task<CheckResult> AskAsync(Release target, int pipelines, int workers)
    {
        var specs = Enumerable.Range(1, pipelines).Select(number =>
        {
            var spec = Clusters.Pipeline($"p{number:00}", Clusters.Pfs("images"));
            spec.ParallelismSpec = new ParallelismSpec { Constant = (ulong)workers };
            return spec;
        });
        var source = Clusters.Of(Clusters.Repo("images")).Running(specs);
        return new CommunityLimitsCheck().AskAsync(new InventoryContext(new Route112To113(), source, target), CancellationToken.None);
    }
}
