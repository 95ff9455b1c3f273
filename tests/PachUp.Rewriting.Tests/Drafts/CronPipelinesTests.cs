using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;
using PachUp.Testing;

namespace PachUp.Rewriting.Tests.Drafts;

public class CronPipelinesTests
{
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void A_pipeline_with_a_cron_input_that_runs_comes_last(bool stopped, bool comesLast)
    {
        var ticker = Clusters.Pipeline("ticker", new Input { Union = { new Input { Cross = { Clusters.Cron("ticker") } } } });
        ticker.Stopped = stopped;

        Assert.Equal(comesLast, CronPipelines.ComesLast(Assert.Single(Clusters.Of().Running(ticker).Pipelines)));
    }
}
