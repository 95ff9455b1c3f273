using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Steps.Checks;
using PachUp.Testing;
using static PachUp.Testing.Inventories;
using Version = PachUp.Pachyderm.Wire.Version.Version;

namespace PachUp.Steps.Tests.Checks;

public class DatumsAgainCheckTests
{
    private static readonly ClusterInventory Source = Of(Repo("edges"), Repo("images")).Running(Pipeline("edges"), Halted());

    [Fact]
    public async Task What_is_processed_again_is_said_with_the_time_that_it_took()
    {
        var result = await AskAsync(carriesObjects: true, JobOf("edges", 10, 90), JobOf("edges", 3, 30), JobOf("edges", 0, 500), JobOf("halted", 7, 70));

        Assert.Equal(CheckOutcome.Warning, result.Outcome);
        Assert.Equal("the target will process 13 datums of 1 pipeline again; the jobs that processed them took 2 min 0 s on the source", result.Found);
        Assert.Equal(["pipeline edges: 13 datums in 2 jobs, 2 min 0 s"], result.Items.AsEnumerable());
        Assert.Contains("--set objects=false", result.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_bucket_is_there_results_are_found() =>
        Assert.Equal(CheckOutcome.Passed, (await AskAsync(carriesObjects: false, JobOf("edges", 10, 90))).Outcome);

    [Fact]
    public async Task Where_nothing_was_processed_nothing_is_processed_again() =>
        Assert.Equal(CheckOutcome.Passed, (await AskAsync(carriesObjects: true)).Outcome);

    private static async Task<CheckResult> AskAsync(bool carriesObjects, params JobInfo[] jobs)
    {
        await using var server = await FakePachd.StartAsync((method, _) => method switch
        {
            "/versionpb.API/GetVersion" => Reply.Of(new Version { Major = 1, Minor = 8, Micro = 8 }),
            "/pps.API/ListJobStream" => Reply.Of(jobs),
            _ => Reply.Error(12, $"unknown method {method}"),
        });
        await using var client = PachdClient.Create(server.Address);
        return await new DatumsAgainCheck().AskAsync(AskedContext.Of(Source) with { CarriesObjects = carriesObjects, Server = client }, CancellationToken.None);
    }

    private static PipelineInfo Halted()
    {
        var halted = Pipeline("halted");
        halted.Stopped = true;
        return halted;
    }

    private static JobInfo JobOf(string pipeline, long datums, int seconds) => new()
    {
        Job = new Job { Id = $"{pipeline}{seconds}" },
        Pipeline = new Pipeline { Name = pipeline },
        DataProcessed = datums,
        Started = Timestamp.FromDateTimeOffset(Noon),
        Finished = Timestamp.FromDateTimeOffset(Noon.AddSeconds(seconds)),
    };
}
