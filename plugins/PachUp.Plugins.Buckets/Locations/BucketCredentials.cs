namespace PachUp.Plugins.Buckets.Locations;

/// <summary>What a store asks from who reads or writes a bucket. Empty texts stand for nothing: then rclone looks where the tools of the store look.</summary>
/// <param name="Key">The id of the access key (S3), or nothing.</param>
/// <param name="Secret">The secret key (S3), the key of the account (Azure), or the JSON of a service account (Google).</param>
/// <param name="Token">The session token (S3), or nothing.</param>
internal sealed record BucketCredentials(string Key, string Secret, string Token)
{
    /// <inheritdoc/>
    public override string ToString() => Secret.Length == 0 ? "the credentials of this machine" : "the given credentials";
}
