using System.Collections.Immutable;

namespace PachUp.Pachyderm.Inventories;

/// <summary>The directories of 1.7 whose files share a header or a footer. Later releases drop these when they convert the tree.</summary>
public sealed record HeaderSurvey
{
    /// <summary>The directories, by repo, commit and path.</summary>
    public ImmutableArray<HeadedDirectory> Directories { get; init; } = [];

    /// <summary>The commits that have such directories, by repo and id.</summary>
    public ImmutableArray<HeadedCommit> Commits { get; init; } = [];

    /// <summary>The number of different trees that were read. The trees of branch heads are read first.</summary>
    public int TreesLookedAt { get; init; }

    /// <summary>The number of different trees.</summary>
    public int Trees { get; init; }

    /// <summary>Whether a file of a commit has a header or a footer.</summary>
    /// <param name="repo">The repo.</param>
    /// <param name="commit">The id of the commit.</param>
    /// <param name="path">The path of the file, from <c>/</c>.</param>
    public bool IsHeaded(string repo, string commit, string path) =>
        Directories.Any(directory => directory.Repo == repo && directory.Commit == commit && path.StartsWith(directory.Path + "/", StringComparison.Ordinal));
}

/// <summary>A directory whose files, including those in subdirectories, share a header or a footer.</summary>
/// <param name="Repo">The repo.</param>
/// <param name="Commit">The id of the commit.</param>
/// <param name="Path">The path, from <c>/</c>.</param>
/// <param name="Bytes">The size of header and footer together, in bytes.</param>
public sealed record HeadedDirectory(string Repo, string Commit, string Path, long Bytes)
{
    /// <summary><c>repo@commit:/path</c>.</summary>
    public override string ToString() => $"{Repo}@{Commit}:{Path}";
}

/// <summary>A commit with directories whose files share a header or a footer.</summary>
/// <param name="Repo">The repo.</param>
/// <param name="Commit">The id of the commit.</param>
/// <param name="FileBytes">The sum of the listed sizes of its files, which later releases report as the size of the commit.</param>
public sealed record HeadedCommit(string Repo, string Commit, long FileBytes);
