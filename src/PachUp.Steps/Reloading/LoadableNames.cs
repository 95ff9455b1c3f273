using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Steps.Checks;

namespace PachUp.Steps.Reloading;

/// <summary>Finds file names that put-file refuses. Existing commits may have such names, in workers' output and from earlier releases.</summary>
internal static class LoadableNames
{
    private const int FilesAtMost = 100_000;
    private const int NamesShown = 20;

    /// <summary>Checks the names of the files that will be loaded.</summary>
    /// <exception cref="StepFailedException">The target refuses some of the names; the message lists them.</exception>
    public static async Task ThrowIfRefusedAsync(
        PachdClient source, IReadOnlyList<LoadedBranch> branches, Release target, CancellationToken cancellationToken)
    {
        var traits = ReleaseTraits.Of(target);
        var files = new HeadFiles(source, FilesAtMost);
        var refused = new List<string>();
        foreach (var branch in branches)
        {
            refused.AddRange(await files.ListAsync(new BranchName(branch.Repo, branch.Name), branch.Head, cancellationToken)
                .Select(path => (Path: path, Why: PathEscapes.WhyRefused(path, traits)))
                .Where(file => file.Why is not null)
                .Select(file => $"{branch}:{file.Path} ({file.Why})")
                .ToListAsync(cancellationToken));
        }

        if (refused.Count > 0)
        {
            throw StepFailedException.Refused(
                $"put-file of {target} refuses the names of {refused.Count} {files.Describe()}: {Words.FirstOf(refused, NamesShown)}",
                "Rename them on the source, or leave out their branches with --set branches=REPO@BRANCH,... A plan that carries commits can keep the names.");
        }
    }
}
