using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Git inputs are fed by web hooks, and those know the address of the old cluster.</summary>
internal sealed class GitInputsCheck : PipelineKindCheck
{
    public override string Name => "git-inputs";

    public override string Question => "Are there pipelines that a git server feeds?";

    public override CheckGuide Guide { get; } = new()
    {
        Why = "A git input gets its commits from a web hook of the git server, which is told the address of the cluster by hand. After a "
            + "migration beside the old cluster it goes on telling the old one.",
        WhenPassed = "No pipeline has a git input.",
        WhenWarned = "Change the web hooks of the repositories that are named to the new cluster. Pushes during the migration reach neither.",
    };

    protected override string Kind => "git input";

    protected override string Remedy =>
        "Point the web hooks at the new cluster when the migration is done, and push again what was pushed meanwhile.";

    protected override string Found(string count) => $"{count} will get no pushes until web hooks know the new cluster";

    protected override IEnumerable<string> Parts(PipelineInfo pipeline) =>
        PipelineInputs.All(pipeline.Input).Where(input => input.Git is not null).Select(input => $"reads {input.Git.Url}");
}
