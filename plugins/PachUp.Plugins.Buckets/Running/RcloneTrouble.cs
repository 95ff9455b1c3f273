using System.Text.RegularExpressions;
using PachUp.Sdk;

namespace PachUp.Plugins.Buckets.Running;

/// <summary>Says in plain words why rclone failed: on which bucket and key, and what to do.</summary>
internal static partial class RcloneTrouble
{
    private const int MostDetails = 20;

    private static readonly Kind[] Kinds =
    [
        new("ExpiredToken|token (has|is) expired|RequestExpired|token expired|ExpiredAuthenticationToken", "the credentials have expired", "Renew them, then resume the run: the copy goes on."),
        new("RequestTimeTooSkewed|difference between the request time", "the clock of this machine differs too much from that of the store", "Set the clock, then resume the run."),
        new("NoSuchBucket|ContainerNotFound|bucket does(n't| not) exist|The specified bucket does not exist", "it does not exist", "Create it, or correct the location."),
        new("AuthorizationHeaderMalformed|PermanentRedirect|BucketRegionError|IllegalLocationConstraint|incorrect region|301 Moved", "it is in another region", "Add region=NAME to its location, with the region of the bucket."),
        new("InvalidAccessKeyId|SignatureDoesNotMatch|AuthenticationFailed|InvalidToken|invalid_grant|Unauthorized|status code: 401", "the store does not accept the credentials", "Check the key and its secret."),
        new("NoCredentialProviders|could not find default credentials|no credentials|failed to find credentials", "there are no credentials for it", "Give them with --set and --secret, or in the environment of the store's own tools."),
        new("AccessDenied|Access Denied|403|Forbidden|AuthorizationPermissionMismatch|permission denied", "access is denied", "The source needs permission to list and read (s3:ListBucket, s3:GetObject), the target to list, read and write (s3:PutObject, too)."),
        new("SlowDown|503|Too Many Requests|429|ServerBusy|rateLimitExceeded", "the store asks to slow down", "Lower \"transfers\" in the plan, or wait, then resume the run: the copy goes on."),
        new("no space left|quota", "it has no space left", "Make room, then resume the run: the copy goes on."),
        new("ObjectLock|InvalidObjectState|retention", "the store does not allow to read or replace the object", "Restore archived objects, or lift the lock on the target's bucket."),
        new("directory not found|no such file or directory", "the folder or prefix does not exist", "Correct the location."),
        new("no such host|connection refused|i/o timeout|connection reset|network is unreachable|TLS handshake|x509", "the store cannot be reached", "Check endpoint, network and certificate (SSL_CERT_FILE), then resume the run: the copy goes on."),
    ];

    /// <summary>The failure of a command on both buckets.</summary>
    public static StepFailedException Explain(IReadOnlyList<RcloneMessage> errors, Rclone rclone)
    {
        var (error, kind) = errors.Select(error => (Error: error, Kind: Find(error.Text))).FirstOrDefault(found => found.Kind is not null);
        error ??= errors[0];
        var bucket = BucketOf(error, errors, rclone);
        var key = error.Key.Length == 0 ? "" : $", key {error.Key}";
        return new StepFailedException(
            kind is null ? $"rclone failed on {bucket}{key}: {Short(error.Text)}" : $"{bucket}{key}: {kind.What}",
            kind?.Remedy ?? "Correct what the message names, then resume the run: the copy goes on.")
        {
            Details = [.. errors.Select(each => $"{(each.Key.Length == 0 ? "" : $"{each.Key}: ")}{Short(each.Text)}").Distinct().Take(MostDetails)],
        };
    }

    /// <summary>Whether an object was written or deleted while it was copied. The next pass settles it.</summary>
    public static bool IsUnsettled(RcloneMessage error) => error.Key.Length > 0 && Unsettled().IsMatch(error.Text);

    /// <summary>Whether a folder or prefix is not there, which is no failure where nothing was copied yet.</summary>
    public static bool IsAbsentFolder(RcloneMessage error) => error.Text.Contains("directory not found", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the message only sums up or repeats others.</summary>
    public static bool IsSummary(RcloneMessage error) => error.IsPlain || (error.Key.Length == 0 && Summary().IsMatch(error.Text));

    private static Kind? Find(string text) => Kinds.FirstOrDefault(kind => Regex.IsMatch(text, kind.Pattern, RegexOptions.IgnoreCase));

    private static string BucketOf(RcloneMessage error, IReadOnlyList<RcloneMessage> errors, Rclone rclone) => error.Text switch
    {
        // The source's bucket was listed before.
        _ when error.Key.Length > 0 && error.Text.Contains("NoSuchBucket", StringComparison.Ordinal) => $"the target's bucket {rclone.Target.Location}",
        _ when NamesTarget().IsMatch(error.Text) => $"the target's bucket {rclone.Target.Location}",
        _ when NamesSource().IsMatch(error.Text) => $"the source's bucket {rclone.Source.Location}",
        _ when errors.Any(each => NamesTarget().IsMatch(each.Text)) => $"the target's bucket {rclone.Target.Location}",
        _ when errors.Any(each => NamesSource().IsMatch(each.Text)) => $"the source's bucket {rclone.Source.Location}",
        _ => $"{rclone.Source.Location} or {rclone.Target.Location}",
    };

    private static string Short(string text) => Spaces().Replace(text, " ").Trim() is { Length: > 300 } line ? line[..300] + "..." : Spaces().Replace(text, " ").Trim();

    [GeneratedRegex("source file is being updated|can't copy - source|object not found|no such file or directory|NoSuchKey|failed to open source object.*(not found|404)", RegexOptions.IgnoreCase)]
    private static partial Regex Unsettled();

    [GeneratedRegex(@"^(Attempt \d|Failed to \w+( with \d+ errors)?: )", RegexOptions.IgnoreCase)]
    private static partial Regex Summary();

    [GeneratedRegex("destination|target:|failed to upload|s3 upload|multipart upload|PutObject|mkdir|failed to write", RegexOptions.IgnoreCase)]
    private static partial Regex NamesTarget();

    [GeneratedRegex("source|failed to open|GetObject|failed to read", RegexOptions.IgnoreCase)]
    private static partial Regex NamesSource();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    /// <summary>A kind of trouble.</summary>
    private sealed record Kind(string Pattern, string What, string Remedy);
}
