using System.Collections.Immutable;

namespace PachUp.Pachyderm.Inventories;

/// <summary>Directories of 1.7 whose files share a header or a footer, which later releases drop when they convert the tree.</summary>
public sealed record HeaderSurvey
{
    /// <summary>The directories, by repo, commit and path.</summary>
    public ImmutableArray<HeadedDirectory> Directories { get; init; } = [];

    /// <summary>The commits that have such directories, by repo and id.</summary>
    public ImmutableArray<HeadedCommit> Commits { get; init; } = [];

    /// <summary>How many different trees of commits were looked at, those of branch heads first.</summary>
    public int TreesLookedAt { get; init; }

    /// <summary>How many there are.</summary>
    public int Trees { get; init; }

    /// <summary>Whether a file of a commit comes with a header or a footer.</summary>
    /// <param name="repo">The repo.</param>
    /// <param name="commit">The id of the commit.</param>
    /// <param name="path">The file's path, from <c>/</c>.</param>
    public bool IsHeaded(string repo, string commit, string path) =>
        Directories.Any(directory => directory.Repo == repo && directory.Commit == commit && path.StartsWith(directory.Path + "/", StringComparison.Ordinal));
}

/// <summary>A directory whose files, and those of all directories in it, share a header or a footer.</summary>
/// <param name="Repo">The repo.</param>
/// <param name="Commit">The id of the commit.</param>
/// <param name="Path">Its path, from <c>/</c>.</param>
/// <param name="Bytes">How many bytes header and footer have together.</param>
public sealed record HeadedDirectory(string Repo, string Commit, string Path, long Bytes)
{
    /// <summary><c>repo@commit:/path</c>.</summary>
    public override string ToString() => $"{Repo}@{Commit}:{Path}";
}

/// <summary>A commit with directories whose files share a header or a footer.</summary>
/// <param name="Repo">The repo.</param>
/// <param name="Commit">The id of the commit.</param>
/// <param name="FileBytes">The sizes of its files as they are listed, added up: what later releases give as the size of the commit.</param>
public sealed record HeadedCommit(string Repo, string Commit, long FileBytes);
