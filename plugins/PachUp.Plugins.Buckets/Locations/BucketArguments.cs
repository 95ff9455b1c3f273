using PachUp.Sdk;

namespace PachUp.Plugins.Buckets.Locations;

/// <summary>The two buckets of a step. All of this is empty if PachUp shall not touch the buckets.</summary>
public abstract record BucketArguments : ICopiesBucket
{
    /// <summary>
    /// The bucket or storage folder of the source: a folder, <c>s3://BUCKET/PREFIX?endpoint=URL</c> with <c>region=NAME</c>, <c>gs://BUCKET/PREFIX</c>, or
    /// <c>az://CONTAINER/PREFIX?account=NAME</c>. With an empty text no bucket is copied.
    /// </summary>
    public string From { get; init; } = "";

    /// <summary>The bucket or storage folder of the target, written like <c>from</c>.</summary>
    public string To { get; init; } = "";

    /// <summary>The id of the access key for the source's bucket (S3). Empty: the credentials of this machine.</summary>
    public string FromKey { get; init; } = "";

    /// <summary>
    /// The secret for the source's bucket, from a secret parameter: the secret key (S3), the account's key (Azure), or the JSON of a service account
    /// (Google). Reading is enough.
    /// </summary>
    public string FromSecret { get; init; } = "";

    /// <summary>The session token for the source's bucket, from a secret parameter (S3).</summary>
    public string FromToken { get; init; } = "";

    /// <summary>The id of the access key for the target's bucket (S3). Empty: the credentials of this machine.</summary>
    public string ToKey { get; init; } = "";

    /// <summary>The secret for the target's bucket, like <c>fromSecret</c>. Listing, reading and writing are enough; deleting is not needed.</summary>
    public string ToSecret { get; init; } = "";

    /// <summary>The session token for the target's bucket, from a secret parameter (S3).</summary>
    public string ToToken { get; init; } = "";

    bool ICopiesBucket.CopiesBucket => IsGiven;

    private bool IsGiven => From.Length > 0 || To.Length > 0;

    /// <summary>The two buckets; null if the plan names none.</summary>
    /// <exception cref="StepFailedException">The plan names only one, or they are the same, or one of them cannot be read.</exception>
    internal (Bucket Source, Bucket Target)? FindBuckets()
    {
        if (!IsGiven)
        {
            return null;
        }

        if (From.Length == 0 || To.Length == 0)
        {
            var (given, missing) = From.Length == 0 ? ("target", "source") : ("source", "target");
            throw StepFailedException.Refused(
                $"the plan names the bucket of the {given}, but not that of the {missing}",
                "Give both, with --set sourceBucket=LOCATION and --set targetBucket=LOCATION, or none.");
        }

        var source = new Bucket("source", BucketLocation.Parse(From), new BucketCredentials(FromKey, FromSecret, FromToken));
        var target = new Bucket("target", BucketLocation.Parse(To), new BucketCredentials(ToKey, ToSecret, ToToken));
        return source.Location.Overlaps(target.Location)
            ? throw StepFailedException.Refused(
                $"source and target have the same bucket: {source.Location} and {target.Location}",
                "Two clusters on one bucket delete each other's objects when they collect garbage. Give the target its own bucket, or migrate in place.")
            : (source, target);
    }
}
