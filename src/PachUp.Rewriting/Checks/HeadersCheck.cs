using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Finds headers and footers of directories: the conversion of 1.7's trees drops them.</summary>
public sealed class HeadersCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "headers-footers";

    /// <inheritdoc/>
    public string Question => "Do directories of the source have a header or a footer?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "In 1.7.10 to 1.7.14, put-header, put-footer and put-file --split sql store in a directory the text with which all its files begin "
            + "or end. Servers that convert the trees of 1.7 drop this text without an error, so every file of the directory arrives without it. "
            + "No listing of 1.7 shows it, so PachUp asks for it directory by directory.",
        WhenPassed = "No checked directory has a header or a footer. The answer tells how many trees of commits were checked.",
        WhenRefused = "The named directories lose their headers and footers. Use a plan that loads the files again (pachyderm-1.7-to-1.8-reload): "
            + "it writes header and footer into every file. Or write them into the files on the source. Or accept the loss: list "
            + "\"headers-footers\" under \"accept\" of the plan's check step.",
        Releases = "sources from 1.7.10 to 1.7.14",
    };

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        if (context.Survey.Source.Headers is not { } headers)
        {
            return Task.FromResult(CheckResult.Passed($"{context.Survey.Source.Release} has no headers and footers of directories, or only an "
                + "archive is asked"));
        }

        var lookedAt = headers.TreesLookedAt == headers.Trees
            ? $"the trees of all commits were checked ({headers.Trees})"
            : $"{headers.TreesLookedAt} of {headers.Trees} trees of commits were checked, those of branch heads first";
        return Task.FromResult(headers.Directories.IsEmpty
            ? CheckResult.Passed($"No directory has a header or a footer; {lookedAt}")
            : CheckResult.RefusedUnlessAccepted(
                $"the files of {(headers.Directories.Length == 1 ? "1 directory" : $"{headers.Directories.Length} directories")} have a header or a "
                    + $"footer that {context.TargetRelease.Line} drops; {lookedAt}",
                $"Load the files again instead (plan pachyderm-1.7-to-1.8-reload), or accept the loss by name: \"accept: [{Name}]\" in the plan's check step.",
                headers.Directories.Select(directory => $"{directory}: {Items.Bytes(directory.Bytes)}")));
    }
}
