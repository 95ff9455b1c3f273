namespace PachUp.Sdk;

/// <summary>A branch whose files a reload puts into a new commit of the target.</summary>
/// <param name="Repo">The repo.</param>
/// <param name="Name">The branch, by its name on the target.</param>
/// <param name="Head">The id of the source commit from which the files are read.</param>
public sealed record LoadedBranch(string Repo, string Name, string Head)
{
    /// <summary><c>images@master</c>.</summary>
    public override string ToString() => $"{Repo}@{Name}";
}
