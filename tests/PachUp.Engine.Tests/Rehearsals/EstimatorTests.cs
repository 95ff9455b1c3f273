using PachUp.Engine.Rehearsals;

namespace PachUp.Engine.Tests.Rehearsals;

public sealed class EstimatorTests
{
    private static readonly Measurements Metadata = new()
    {
        ListingTime = TimeSpan.FromSeconds(2),
        StepTime = TimeSpan.FromSeconds(10),
        Operations = 200,
        ArchiveBytes = 1_000_000,
        FreeBytes = 2_000_000,
    };

    [Fact]
    public void Metadata_takes_the_time_of_the_rehearsal_and_up_to_50_ms_per_operation()
    {
        var estimate = Estimator.Estimate(Metadata);

        Assert.Equal(TimeSpan.FromSeconds(16), estimate.LeastTime);
        Assert.Equal(TimeSpan.FromSeconds(26), estimate.MostTime);
        Assert.Equal(0, estimate.ObjectBytes);
        Assert.Equal((1_000_000, 1_000_000), (estimate.LeastArchiveBytes, estimate.MostArchiveBytes));
        Assert.False(estimate.MayNotFit);
    }

    [Fact]
    public void Objects_are_transferred_twice_and_may_not_fit_on_the_disk()
    {
        var estimate = Estimator.Estimate(Metadata with { Objects = new ObjectStatistics(Count: 4000, Bytes: 1_000_000_000, Measured: 1000) });

        Assert.Equal(TimeSpan.FromSeconds(16 + 20), estimate.LeastTime);
        Assert.Equal(TimeSpan.FromSeconds(26 + 100), estimate.MostTime);
        Assert.Equal(301_000_000, estimate.LeastArchiveBytes);
        Assert.Equal(1_001_000_000, estimate.MostArchiveBytes);
        Assert.True(estimate.MayNotFit);
        Assert.Contains(estimate.Basis, sentence => sentence.Contains("from the sizes of 1,000 objects", StringComparison.Ordinal));
    }

    [Fact]
    public void A_plan_without_an_archive_has_no_archive_size()
    {
        var estimate = Estimator.Estimate(Metadata with { ArchiveBytes = null, ListingTime = null });

        Assert.Null(estimate.MostArchiveBytes);
        Assert.False(estimate.MayNotFit);
        Assert.Contains(estimate.Basis, sentence => sentence.StartsWith("No source was asked", StringComparison.Ordinal));
    }
}
