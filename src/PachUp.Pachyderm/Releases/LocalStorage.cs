namespace PachUp.Pachyderm.Releases;

/// <summary>
/// The folder in which the local storage backend stores objects: <c>ROOT/pach</c>, and from 1.9.10 on <c>ROOT</c>. A later release with the folder of an
/// earlier release finds no objects, not even the specs of pipelines.
/// </summary>
public static class LocalStorage
{
    private static readonly Release FirstInRoot = new(1, 9, 10);

    /// <summary>What to do with the local storage backend between undeploying and deploying.</summary>
    public const string Remedy = "on the local storage backend, move the content of ROOT/pach to ROOT after undeploying and before deploying";

    /// <summary>The folder below the storage root in which a release keeps objects; empty for the root itself.</summary>
    public static string FolderOf(Release release) => release.WithoutSuffix() < FirstInRoot ? "pach" : "";

    /// <summary>Whether the two releases use different folders for objects.</summary>
    public static bool IsMovedBetween(Release source, Release target) =>
        source.WithoutSuffix() < FirstInRoot && target.WithoutSuffix() >= FirstInRoot;
}
