namespace PachUp.Pachyderm.Tests;

public class ReleaseTraitsTests
{
    [Theory]
    [InlineData("1.6.10", OperationGeneration.None)]
    [InlineData("1.7.0", OperationGeneration.V1_7)]
    [InlineData("1.7.14", OperationGeneration.V1_7)]
    [InlineData("1.8.0", OperationGeneration.V1_7)]
    [InlineData("1.8.1", OperationGeneration.V1_8)]
    [InlineData("1.8.8", OperationGeneration.V1_8)]
    [InlineData("1.9.0-rc1", OperationGeneration.V1_9)]
    [InlineData("1.9.12", OperationGeneration.V1_9)]
    [InlineData("1.10.0", OperationGeneration.V1_10)]
    [InlineData("1.10.5", OperationGeneration.V1_10)]
    [InlineData("1.13.4", OperationGeneration.V1_13)]
    [InlineData("1.14.0", OperationGeneration.None)]
    [InlineData("2.0.0", OperationGeneration.None)]
    public void Each_line_has_its_generation_and_1_8_0_has_that_of_1_7(string release, OperationGeneration generation) =>
        Assert.Equal(generation, ReleaseTraits.Of(Release.Parse(release)).Generation);

    [Theory]
    [InlineData("1.7.14", false)]
    [InlineData("1.8.0", false)]
    [InlineData("1.8.1", true)]
    [InlineData("1.9.12", true)]
    public void Fsck_came_with_1_8_1(string release, bool expected) => Assert.Equal(expected, ReleaseTraits.Of(Release.Parse(release)).HasFsck);

    [Theory]
    [InlineData("1.7.11", true, true)]
    [InlineData("1.7.14", false, true)]
    [InlineData("1.8.8", true, true)]
    [InlineData("1.9.0", false, true)]
    [InlineData("1.9.12", false, false)]
    public void Stopping_a_pipeline_or_restarting_pachd_ends_ticks_in_some_releases(string release, bool stop, bool restart)
    {
        var traits = ReleaseTraits.Of(Release.Parse(release));

        Assert.Equal((stop, restart), (traits.StopEndsTicks, traits.RestartEndsTicks));
    }

    [Theory]
    [InlineData("1.9.5", false)]
    [InlineData("1.9.6-rc1", true)]
    [InlineData("1.9.6", true)]
    [InlineData("1.13.4", true)]
    public void Extracts_are_complete_from_1_9_6_on_and_cannot_be_restored_twice(string release, bool expected)
    {
        var traits = ReleaseTraits.Of(Release.Parse(release));

        Assert.Equal(
            (expected, expected, expected, !expected),
            (traits.BuildsCommitsWhole, traits.ListsObjectInfos, traits.ExtractsOutputs, traits.RestoresTwice));
    }

    [Theory]
    [InlineData("1.8.8", false)]
    [InlineData("1.9.0", true)]
    public void Names_of_branches_are_restricted_and_jobs_listed_by_history_from_1_9_on(string release, bool expected)
    {
        var traits = ReleaseTraits.Of(Release.Parse(release));

        Assert.Equal((expected, expected), (traits.RestrictsBranchNames, traits.ListsJobsByHistory));
    }

    [Fact]
    public void Traits_name_the_release_as_it_is() =>
        Assert.Equal(Release.Parse("1.9.0-rc1"), ReleaseTraits.Of(Release.Parse("1.9.0-rc1")).Release);

    [Theory]
    [InlineData("1.9.12", false)]
    [InlineData("1.10.0", true)]
    [InlineData("1.13.4", true)]
    public void What_changed_with_1_10(string release, bool isLater)
    {
        var traits = ReleaseTraits.Of(Release.Parse(release));

        Assert.Equal(isLater, traits.KeepsCommitTimes);
        Assert.Equal(isLater, traits.RefusesUnknownOperations);
        Assert.Equal(isLater, traits.CrashesOnOwnObjects);
        Assert.Equal(isLater, traits.HasDeploymentId);
        Assert.Equal(isLater, traits.HasPipelineMetadata);
        Assert.Equal(isLater, traits.HasCommunityLicense);
        Assert.Equal(!isLater, traits.AllowsSpoutInputs);
    }
}
