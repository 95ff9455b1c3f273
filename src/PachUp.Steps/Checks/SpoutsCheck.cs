using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>What a spout puts out comes from outside, so nothing can compute it again.</summary>
internal sealed class SpoutsCheck : PipelineKindCheck
{
    public override string Name => "spouts";

    public override string Question => "Are there spouts?";

    public override CheckGuide Guide { get; } = new()
    {
        Why = "A spout takes messages from outside, a queue for instance. Nothing can compute its output again, so its commits are carried like "
            + "those of an input repo; and two clusters whose spouts run share the messages out between them.",
        WhenPassed = "No pipeline is a spout.",
        WhenWarned = "The spouts that are named are stopped for the extract and run in the target in the end. Messages wait, as long as their "
            + "queue keeps them. Never start those of the source again beside the target.",
        Releases = "sources from 1.8.3 on",
    };

    protected override string Kind => "spout";

    protected override string Remedy => "See to it that their queues keep messages for as long as the migration takes.";

    protected override string Found(string count) => $"{count} will take no messages while the migration runs";

    protected override IEnumerable<string> Parts(PipelineInfo pipeline) =>
        pipeline.Spout is null ? [] : [$"writes to branch {pipeline.OutputBranch}"];
}
