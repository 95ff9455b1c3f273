namespace PachUp.Plugins.Buckets.Locations;

/// <summary>A location with its credentials, under the name by which rclone is told about it.</summary>
/// <param name="Remote">The name of the remote: <c>source</c> or <c>target</c>.</param>
/// <param name="Location">Where it is.</param>
/// <param name="Credentials">What it takes to use it.</param>
internal sealed record Bucket(string Remote, BucketLocation Location, BucketCredentials Credentials)
{
    /// <summary>What rclone is given as an argument. The credentials are not part of it.</summary>
    public string Path => $"{Remote}:{Location.Path}";

    /// <summary>The same bucket, further down.</summary>
    public Bucket At(string folder) => this with { Location = Location.At(folder) };

    /// <summary>Whether both buckets are in one store and are used with the same credentials.</summary>
    public bool IsInStoreOf(Bucket other) =>
        Location.Kind != BucketKind.Folder
        && Location.Kind == other.Location.Kind
        && Location.SettingOf("endpoint") == other.Location.SettingOf("endpoint")
        && Location.SettingOf("account") == other.Location.SettingOf("account")
        && Credentials == other.Credentials;

    /// <summary>
    /// The variables that define the remote. rclone takes them instead of a config file, so no file with a secret can be left behind, and other users
    /// cannot read the environment of a process.
    /// </summary>
    public IEnumerable<(string Name, string Value)> Variables() =>
        Options().Where(option => option.Value.Length > 0).Select(option => ($"RCLONE_CONFIG_{Remote.ToUpperInvariant()}_{option.Name}", option.Value));

    private IEnumerable<(string Name, string Value)> Options() => Location.Kind switch
    {
        BucketKind.S3 => S3(),
        BucketKind.Google => Google(),
        BucketKind.Azure => Azure(),
        _ => [("TYPE", "local")],
    };

    private string FromEnvironment => Credentials.Secret.Length == 0 ? "true" : "";

    private IEnumerable<(string Name, string Value)> S3() =>
    [
        ("TYPE", "s3"),
        ("PROVIDER", Location.SettingOf("provider") ?? (Location.SettingOf("endpoint") is null ? "AWS" : "Other")),
        ("ENDPOINT", Location.SettingOf("endpoint") ?? ""),
        ("REGION", Location.SettingOf("region") ?? ""),
        ("REQUESTER_PAYS", Location.SettingOf("requesterPays") ?? ""),
        ("ACCESS_KEY_ID", Credentials.Key),
        ("SECRET_ACCESS_KEY", Credentials.Secret),
        ("SESSION_TOKEN", Credentials.Token),
        ("ENV_AUTH", FromEnvironment),
        // Without it rclone creates a bucket that does not exist, which hides a typing error and needs one more permission.
        ("NO_CHECK_BUCKET", "true"),
    ];

    private IEnumerable<(string Name, string Value)> Google() =>
    [
        ("TYPE", "google cloud storage"),
        ("ENDPOINT", Location.SettingOf("endpoint") ?? ""),
        ("SERVICE_ACCOUNT_CREDENTIALS", Credentials.Secret),
        ("BUCKET_POLICY_ONLY", "true"),
        ("ENV_AUTH", FromEnvironment),
        ("NO_CHECK_BUCKET", "true"),
    ];

    private IEnumerable<(string Name, string Value)> Azure() =>
    [
        ("TYPE", "azureblob"),
        ("ACCOUNT", Location.SettingOf("account") ?? Credentials.Key),
        ("ENDPOINT", Location.SettingOf("endpoint") ?? ""),
        ("KEY", Credentials.Secret),
        ("ENV_AUTH", FromEnvironment),
        ("NO_CHECK_CONTAINER", "true"),
    ];
}
