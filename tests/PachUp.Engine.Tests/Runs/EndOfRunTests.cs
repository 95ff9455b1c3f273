using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Engine.Tests.Runs;

public sealed class EndOfRunTests
{
    [Theory]
    [InlineData(false, "source, target")]
    [InlineData(true, "target")]
    public async Task The_platform_of_each_cluster_is_told_when_all_steps_are_done(bool isInPlace, string told)
    {
        var platform = new EndingPlatform();
        using var bench = new RunBench { Platform = platform, IsInPlace = isInPlace };

        var result = await bench.ApplyAsync();

        Assert.Equal(RunOutcome.Done, result.Outcome);
        Assert.Equal(told, string.Join(", ", platform.Told));
        Assert.Contains("The volumes of target are as before.", bench.Observer.Notes);
    }

    [Fact]
    public async Task A_run_that_stopped_tells_nobody()
    {
        var platform = new EndingPlatform();
        using var bench = new RunBench { Platform = platform };
        bench.Steps.Acts["two"] = _ => throw RunBench.Failure();

        await bench.ApplyAsync();

        Assert.Empty(platform.Told);
    }

    [Fact]
    public async Task A_platform_that_fails_stops_the_run_and_is_told_again_when_it_is_resumed()
    {
        var platform = new EndingPlatform { Failure = RunBench.Failure() };
        using var bench = new RunBench { Platform = platform };

        var failed = await bench.ApplyAsync();
        platform.Failure = null;
        var resumed = await bench.ResumeAsync();

        Assert.Equal(RunOutcome.Failed, failed.Outcome);
        Assert.Equal("the disk is on fire", failed.Failure!.Message);
        Assert.Equal(RunOutcome.Done, resumed.Outcome);
        Assert.Equal(["source", "source", "target"], platform.Told);
        Assert.Equal(JournalEvent.RunDone, bench.Records[^1].Event);
    }

    private sealed class EndingPlatform : StandInPlatform, IRunEndPlatform
    {
        public List<string> Told { get; } = [];

        public StepFailedException? Failure { get; set; }

        public Task<string?> EndRunAsync(ICluster cluster, CancellationToken cancellationToken)
        {
            Told.Add(cluster.Name);
            return Failure is null ? Task.FromResult<string?>($"The volumes of {cluster.Name} are as before.") : throw Failure;
        }
    }
}
