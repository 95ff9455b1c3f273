using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>
/// Finds files that the target cannot read under their own name, because later releases treat more characters of a path as a pattern.
/// </summary>
internal sealed class FileNamesCheck : ICheck
{
    private const int FilesAtMost = 100_000;
    private const int NamesShown = 10;

    public string Name => "file-names";

    public string Question => "Can the target read every file under its own name?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "pachd treats the paths that clients give as patterns. In every release * ? [ ] { } ! are special characters; from 1.9.8 on ( ) @ + "
            + "^ are too. Then \"get file\" of \"/scan (1).txt\" finds nothing, but \"/scan \\(1\\).txt\" finds the file. Workers of these "
            + "releases read their inputs without escapes, so every datum with such a file fails. The files themselves arrive complete, and PachUp "
            + "reads them with escapes.",
        WhenPassed = "No file of a branch head has such a character in its name, or the source treats it as a pattern too.",
        WhenWarned = "After the migration the named files can be read only with escapes, and pipelines fail on them. No data is lost. Rename files "
            + "that pipelines read, before or after the migration, and change programs that read them by name.",
        Releases = "targets from 1.9.8 on, sources before",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Upgrade;

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var (source, target) = (ReleaseTraits.Of(context.Survey.Source.Release), ReleaseTraits.Of(context.TargetRelease));
        if (!target.GlobCharacters.Except(source.GlobCharacters).Any())
        {
            return CheckResult.Passed($"{target.Release} has the same special characters in paths as {source.Release}");
        }

        var files = new HeadFiles(context.Source.Connect(), FilesAtMost);
        var found = await FindAsync(files, context.Survey.Source, source, target, cancellationToken);
        return found.Count == 0
            ? CheckResult.Passed($"{target.Release} can read every one {files.Describe()} under its own name")
            : CheckResult.Warning(
                $"on {target.Release}, {found.Count} {files.Describe()} can be read only with escapes, and workers fail on them as inputs; "
                    + $"{(found.Count == 1 ? "it arrives" : "they arrive")} complete",
                "Rename those that pipelines read. In a path, put a backslash before each of "
                    + $"{string.Join(' ', target.GlobCharacters.AsEnumerable())}, for example: {CommandOf(found[0], target)}",
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
