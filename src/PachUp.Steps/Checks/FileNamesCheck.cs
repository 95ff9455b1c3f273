using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Later releases take more characters of a path for a pattern, so that files are there and are not found under their names.</summary>
internal sealed class FileNamesCheck : ICheck
{
    private const int FilesAtMost = 100_000;
    private const int NamesShown = 10;

    public string Name => "file-names";

    public string Question => "Does the target read every file under the name that it has?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "The paths that clients give are patterns. From 1.9.8 on ( ) @ + ^ mean something in them, as * ? [ ] { } ! do in every release: \"get file\" of "
            + "\"/scan (1).txt\" finds nothing, and \"/scan \\(1\\).txt\" does. Workers of these releases read their inputs without escapes, so that every datum with such a file fails. The files "
            + "themselves arrive whole, and PachUp reads them with escapes.",
        WhenPassed = "No file of a branch head has such a character, or the source takes it for a pattern as well.",
        WhenWarned = "The files that are named can be read only with escapes afterwards, and pipelines fail on them. Nothing is lost: rename the files before or after "
            + "the migration where pipelines read them, and change the programs that read them by name.",
        Releases = "targets from 1.9.8 on, sources before",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Upgrade;

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var (source, target) = (ReleaseTraits.Of(context.Survey.Source.Release), ReleaseTraits.Of(context.TargetRelease));
        if (!target.GlobCharacters.Except(source.GlobCharacters).Any())
        {
            return CheckResult.Passed($"{target.Release} takes no more characters of a path for a pattern than {source.Release}");
        }

        var files = new HeadFiles(context.Source.Connect(), FilesAtMost);
        var found = await FindAsync(files, context.Survey.Source, source, target, cancellationToken);
        return found.Count == 0
            ? CheckResult.Passed($"{target.Release} reads every one {files.Describe()} under its name")
            : CheckResult.Warning(
                $"{found.Count} {files.Describe()} can be read only with escapes on {target.Release}, and its workers fail on them as inputs; {(found.Count == 1 ? "it arrives" : "they arrive")} whole",
                $"Rename those that pipelines read. Put a backslash before each of {string.Join(' ', target.GlobCharacters.AsEnumerable())} in a path, such as: {CommandOf(found[0], target)}",
                [.. found.Take(NamesShown).Select(file => $"{file.Branch}:{file.Path}"), .. MoreThan(found.Count)]);
    }

    private static async Task<List<(BranchName Branch, string Path)>> FindAsync(
        HeadFiles files, ClusterInventory cluster, ReleaseTraits source, ReleaseTraits target, CancellationToken cancellationToken)
    {
        var found = new List<(BranchName, string)>();
        foreach (var repo in cluster.Repos)
        {
            foreach (var branch in repo.Branches.Where(branch => repo.FindCommit(branch.Head) is { IsOpen: false }))
            {
                var name = new BranchName(repo.Name, branch.Name);
                var isOutput = cluster.FindPipeline(repo.Name) is not null;
                found.AddRange(await files.ListAsync(name, branch.Head!, cancellationToken)
                    .Where(path => PathEscapes.AreNeeded(path, target, isOutput) && !PathEscapes.AreNeeded(path, source, isOutput))
                    .Select(path => (name, path))
                    .ToListAsync(cancellationToken));
            }
        }

        return found;
    }

    private static string CommandOf((BranchName Branch, string Path) file, ReleaseTraits target) =>
        $"pachctl get file '{file.Branch}:{PathEscapes.Typed(file.Path, target).Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string[] MoreThan(int count) => count > NamesShown ? [$"and {Words.Count(count - NamesShown, "file")} more"] : [];
}
