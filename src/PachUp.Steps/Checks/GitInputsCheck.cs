using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Finds pipelines with git inputs: the web hook of the git server still has the address of the old cluster.</summary>
internal sealed class GitInputsCheck : PipelineKindCheck
{
    public override string Name => "git-inputs";

    public override string Question => "Does any pipeline have a git input?";

    public override CheckGuide Guide { get; } = new()
    {
        Why = "A git input gets its commits from a web hook, which is configured on the git server with the address of the cluster. After a "
            + "side-by-side migration the web hook still calls the old cluster.",
        WhenPassed = "No pipeline has a git input.",
        WhenWarned = "Change the web hooks of the named repositories to the new cluster. Neither cluster gets pushes that happen during the migration.",
    };

    protected override string Kind => "git input";

    protected override string Remedy =>
        "After the migration, change the web hooks to the new cluster and push again what was pushed in the meantime.";

    protected override string Found(string count) => $"{count} will get no pushes until you change the web hooks to the new cluster";

    protected override IEnumerable<string> Parts(PipelineInfo pipeline) =>
        PipelineInputs.All(pipeline.Input).Where(input => input.Git is not null).Select(input => $"reads {input.Git.Url}");
}
