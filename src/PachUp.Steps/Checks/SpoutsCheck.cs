using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Finds spouts: their output comes from outside, so it cannot be computed again.</summary>
internal sealed class SpoutsCheck : PipelineKindCheck
{
    public override string Name => "spouts";

    public override string Question => "Is any pipeline a spout?";

    public override CheckGuide Guide { get; } = new()
    {
        Why = "A spout takes messages from outside, for example from a queue. Its output cannot be computed again, so PachUp carries its commits "
            + "like those of an input repo. If the spouts of both clusters run, each gets only a part of the messages.",
        WhenPassed = "No pipeline is a spout.",
        WhenWarned = "The named spouts are stopped for the extract and run on the target at the end. Messages wait as long as their queue keeps "
            + "them. Never start the spouts of the source again while the target runs.",
        Releases = "sources from 1.8.3 on",
    };

    protected override string Kind => "spout";

    protected override string Remedy => "Make sure that their queues keep messages until the migration is finished.";

    protected override string Found(string count) => $"{count} will take no messages during the migration";

    protected override IEnumerable<string> Parts(PipelineInfo pipeline) =>
        pipeline.Spout is null ? [] : [$"writes to branch {pipeline.OutputBranch}"];
}
