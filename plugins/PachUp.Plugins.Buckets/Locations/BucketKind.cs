namespace PachUp.Plugins.Buckets.Locations;

/// <summary>The kinds of storage that hold a bucket.</summary>
internal enum BucketKind
{
    /// <summary>A folder: the local storage of pachd.</summary>
    Folder,

    /// <summary>Amazon S3, or another store with its API.</summary>
    S3,

    /// <summary>Google Cloud Storage.</summary>
    Google,

    /// <summary>Azure Blob Storage.</summary>
    Azure,
}
