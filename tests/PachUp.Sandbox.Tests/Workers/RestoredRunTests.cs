using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Tests.Workers;

/// <summary>Restores of extracts from clusters with workers.</summary>
public sealed class RestoredRunTests
{
    [Fact]
    public async Task From_1_9_6_on_outputs_and_jobs_arrive_as_they_were()
    {
        await using var source = await WorkingCluster.StartWithImagesAsync("1.9.12");
        await source.Files.CreatePipelineAsync("edges", "images");
        var job = Assert.Single(await source.FlushAsync("images"));
        await using var target = await WorkingCluster.StartAsync("1.9.12", runsPipelines: false);

        await target.RestoreAsync(await source.ExtractAsync());

        var restored = Assert.Single(await target.JobsAsync());
        Assert.Equal((JobState.JobSuccess, 2, job.OutputCommit.Id), (restored.State, restored.DataProcessed, restored.OutputCommit.Id));
        Assert.Equal(job.OutputCommit.Id, (await target.HeadOfAsync("edges")).Commit.Id);
        Assert.Equal("two", await target.ReadAsync("edges", "/2.png"));
    }

    [Theory]
    [InlineData("1.7.14", 0)]
    [InlineData("1.8.8", 2)]
    public async Task Up_to_1_9_5_outputs_are_computed_again_from_the_results_that_a_kept_salt_finds(string release, int processedInAll)
    {
        await using var source = await WorkingCluster.StartWithImagesAsync(release);
        await source.Files.CreatePipelineAsync("edges", "images");
        await source.FlushAsync("images");
        await using var target = await WorkingCluster.StartAsync(release);

        await target.RestoreAsync(await source.ExtractAsync());
        await target.FlushAsync("images");

        var jobs = await target.JobsAsync("edges");
        Assert.All(jobs, job => Assert.Equal(JobState.JobSuccess, job.State));
        Assert.Equal(processedInAll, jobs.Sum(job => job.DataProcessed));
        Assert.Equal("two", await target.ReadAsync("edges", "/2.png"));
    }
}
