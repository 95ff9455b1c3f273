using PachUp.Plugins.Pachyderm18To19.Rules;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm18To19.Checks;

/// <summary>Open commits outside of output repos, and what goes with them. (Open output commits are computed anew.)</summary>
internal sealed class OpenCommitsCheck : ICheck
{
    public string Name => "open-commits";

    public string Question => "Are there commits on the source that are not finished?";

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(
        LeftOutCommits.Answer(
            context,
            OpenCommits.OpenCommit,
            "No commit of an input repo is open",
            "commits that are not finished, and all that descend from them, will not be in the target",
            "Finish them (\"pachctl finish commit\") or delete them on the source to decide yourself what becomes of them; accept this warning to leave them behind."));
}
