using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Headers and footers of directories do not survive the conversion of 1.7's trees.</summary>
public sealed class HeadersCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "headers-footers";

    /// <inheritdoc/>
    public string Question => "Do files of the source share a header or a footer?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "put-header, put-footer and put-file --split sql of 1.7.10 to 1.7.14 keep text that all files of a directory begin or end with in the "
            + "directory. Servers that convert the trees of 1.7 drop it: every file of the directory comes out without, with no error. 1.7 shows it in no "
            + "listing, so PachUp asks every directory for it.",
        WhenPassed = "No directory that was looked at has one. The answer says how many trees of commits were looked at.",
        WhenRefused = "The directories that are named lose theirs. Use a plan that loads files again (pachyderm-1.7-to-1.8-reload), which writes header and "
            + "footer into every file; or write them out on the source; or accept the loss: list \"headers-footers\" under \"accept\" of the plan's check step.",
        Releases = "sources from 1.7.10 to 1.7.14",
    };

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        if (context.Survey.Source.Headers is not { } headers)
        {
            return Task.FromResult(CheckResult.Passed($"{context.Survey.Source.Release} has no headers and footers of directories, or the archive alone is asked"));
        }

        var lookedAt = headers.TreesLookedAt == headers.Trees
            ? $"the trees of all commits were looked at ({headers.Trees})"
            : $"{headers.TreesLookedAt} of {headers.Trees} trees of commits were looked at, those of branch heads first";
        return Task.FromResult(headers.Directories.IsEmpty
            ? CheckResult.Passed($"No directory has a header or a footer; {lookedAt}")
            : CheckResult.RefusedUnlessAccepted(
                $"the files of {(headers.Directories.Length == 1 ? "1 directory" : $"{headers.Directories.Length} directories")} have a header or a footer that {context.TargetRelease.Line} drops; {lookedAt}",
                $"Load the files again instead (plan pachyderm-1.7-to-1.8-reload), or accept the loss by name: \"accept: [{Name}]\" in the plan's check step.",
                headers.Directories.Select(directory => $"{directory}: {Items.Bytes(directory.Bytes)}")));
    }
}
