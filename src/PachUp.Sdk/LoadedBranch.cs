namespace PachUp.Sdk;

/// <summary>A branch whose files a reload puts into a new commit of the target.</summary>
/// <param name="repo">The repo.</param>
/// <param name="name">The branch, by its name on the target.</param>
/// <param name="head">The id of the source commit from which the files are read.</param>
public sealed class LoadedBranch(string repo, string name, string head)
{
    /// <summary>The repo.</summary>
    public string Repo => repo;

    /// <summary>The branch, by its name on the target.</summary>
    public string Name => name;

    /// <summary>The id of the source commit from which the files are read.</summary>
    public string Head => head;

    /// <summary><c>images@master</c>.</summary>
    public override string ToString() => $"{Repo}@{Name}";
}
