using PachUp.Plugins.Pachyderm18To19.Rules;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm18To19.Checks;

/// <summary>Commits in output repos that no pipeline can compute again.</summary>
internal sealed class HandMadeOutputCheck : ICheck
{
    public string Name => "output-made-by-hand";

    public string Question => "Did somebody put commits into output repos of pipelines?";

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(
        LeftOutCommits.Answer(
            context,
            OutputRepos.OutputMadeByHand,
            "All output was computed by pipelines",
            "these were put into the output repos of pipelines by hand, and no pipeline can compute them again",
            "Copy their files into an input repo on the source if they are still needed; accept this warning to leave them behind."));
}
