using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Steps.Extracting;

namespace PachUp.Steps.Tests.Extracting;

public sealed class ExtractCompletenessTests
{
    private static readonly ClusterInventory Listed = new()
    {
        Release = new Release(1, 8, 7),
        ClusterId = "c1",
        Pipelines = [new PipelineInventory { Name = "edges", Info = new PipelineInfo() }],
        Objects = 3,
        Tags = 2,
    };

    private static readonly ArchiveSummary Whole = new() { Pipelines = 1, Objects = 3, Tags = 2 };

    [Fact]
    public void A_stream_with_everything_that_was_listed_is_accepted() => ExtractCompleteness.ThrowIfShort(Listed, Whole, carriesObjects: true);

    [Fact]
    public void Objects_need_not_be_there_where_they_were_not_asked_for() =>
        ExtractCompleteness.ThrowIfShort(Listed, Whole with { Objects = 0, Tags = 0 }, carriesObjects: false);

    [Theory]
    [InlineData(0, 3, 2, "0 of 1 pipelines")]
    [InlineData(1, 2, 2, "2 of 3 objects")]
    [InlineData(1, 3, 0, "0 of 2 tags")]
    public void A_stream_that_ended_early_is_refused_with_what_is_short(long pipelines, long objects, long tags, string said)
    {
        var summary = new ArchiveSummary { Pipelines = pipelines, Objects = objects, Tags = tags };

        var failure = Assert.Throws<StepFailedException>(() => ExtractCompleteness.ThrowIfShort(Listed, summary, carriesObjects: true));

        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }
}
