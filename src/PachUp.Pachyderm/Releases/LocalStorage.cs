namespace PachUp.Pachyderm.Releases;

/// <summary>
/// Where the local storage backend keeps objects: in <c>ROOT/pach</c>, and from 1.9.10 on in <c>ROOT</c>. A later release on the folder of an earlier one
/// finds no object, not even the specs of pipelines.
/// </summary>
public static class LocalStorage
{
    private static readonly Release FirstInRoot = new(1, 9, 10);

    /// <summary>What to do on the local storage backend, between the two releases.</summary>
    public const string Remedy = "on the local storage backend, move what is in ROOT/pach to ROOT between undeploying and deploying";

    /// <summary>Whether a release looks for objects in another folder than the one before it.</summary>
    public static bool IsMovedBetween(Release source, Release target) =>
        source.WithoutSuffix() < FirstInRoot && target.WithoutSuffix() >= FirstInRoot;
}
