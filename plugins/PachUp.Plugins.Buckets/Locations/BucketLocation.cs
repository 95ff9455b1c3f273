using System.Collections.Immutable;
using PachUp.Sdk;

namespace PachUp.Plugins.Buckets.Locations;

/// <summary>
/// Where a cluster keeps its objects, as a plan writes it: a folder, or <c>s3://bucket/prefix?endpoint=URL&amp;region=NAME</c>, <c>gs://bucket/prefix</c>,
/// <c>az://container/prefix?account=NAME</c>. It contains no secret.
/// </summary>
internal sealed class BucketLocation
{
    private static readonly (string Scheme, BucketKind Kind, string[] Settings)[] Schemes =
    [
        ("s3://", BucketKind.S3, ["endpoint", "region", "provider", "requesterPays"]),
        ("gs://", BucketKind.Google, ["endpoint"]),
        ("az://", BucketKind.Azure, ["account", "endpoint"]),
    ];

    private BucketLocation(BucketKind kind, string bucket, string prefix)
    {
        Kind = kind;
        Bucket = bucket;
        Prefix = prefix;
    }

    /// <summary>The kind of storage.</summary>
    public BucketKind Kind { get; }

    /// <summary>The name of the bucket or container; empty for a folder.</summary>
    public string Bucket { get; }

    /// <summary>The path of the folder, or the prefix of all keys in the bucket, without a slash at its end.</summary>
    public string Prefix { get; private init; }

    /// <summary>How to reach the store: <c>endpoint</c>, <c>region</c> and so on.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; private init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The path that rclone appends to the name of a remote.</summary>
    public string Path => Kind == BucketKind.Folder ? Prefix : Join(Bucket, Prefix);

    /// <summary>Reads a location of a plan.</summary>
    /// <exception cref="StepFailedException">The text is no location.</exception>
    public static BucketLocation Parse(string text)
    {
        var (scheme, kind, known) = Schemes.FirstOrDefault(scheme => text.StartsWith(scheme.Scheme, StringComparison.Ordinal));
        if (scheme is null)
        {
            return ParseFolder(text);
        }

        var (place, query) = text[scheme.Length..].Split('?', 2) is [var before, var after] ? (before, after) : (text[scheme.Length..], "");
        var parts = place.Split('/', 2);
        return parts[0].Length == 0
            ? throw Unreadable(text, "it names no bucket")
            : new BucketLocation(kind, parts[0], parts.Length == 2 ? parts[1].Trim('/') : "") { Settings = ParseSettings(text, query, known) };
    }

    /// <summary>The same store, further down.</summary>
    public BucketLocation At(string folder) =>
        folder.Length == 0 ? this : new BucketLocation(Kind, Bucket, Join(Prefix, folder)) { Settings = Settings };

    /// <summary>
    /// Whether one of the locations contains the other. One bucket behind two endpoints is not recognized.
    /// </summary>
    public bool Overlaps(BucketLocation other) =>
        Kind == other.Kind
        && Bucket == other.Bucket
        && (Contains(Prefix, other.Prefix) || Contains(other.Prefix, Prefix))
        && SettingOf("endpoint") == other.SettingOf("endpoint")
        && SettingOf("account") == other.SettingOf("account");

    /// <summary>A setting; null if it is not given.</summary>
    public string? SettingOf(string name) => Settings.GetValueOrDefault(name);

    /// <inheritdoc/>
    public override string ToString() => Kind == BucketKind.Folder
        ? Prefix
        : $"{Schemes.First(scheme => scheme.Kind == Kind).Scheme}{Path}{(SettingOf("endpoint") is { } endpoint ? $" at {endpoint}" : "")}";

    private static BucketLocation ParseFolder(string text) => text switch
    {
        _ when text.Contains("://", StringComparison.Ordinal) => throw Unreadable(text, "this kind of storage is not known"),
        _ when !System.IO.Path.IsPathFullyQualified(text) => throw Unreadable(text, "the path of a folder has to begin at the root"),
        _ => new BucketLocation(BucketKind.Folder, "", System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(text))),
    };

    private static ImmutableSortedDictionary<string, string> ParseSettings(string text, string query, string[] known)
    {
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var setting in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (setting.Split('=', 2) is not [var name, { Length: > 0 } value] || !known.Contains(name))
            {
                throw Unreadable(text, $"\"{setting.Split('=')[0]}\" is not one of its settings: {string.Join(", ", known)}");
            }

            settings[name] = Uri.UnescapeDataString(value);
        }

        return settings.ToImmutable();
    }

    private static bool Contains(string outer, string inner) =>
        outer.Length == 0 || inner == outer || inner.StartsWith(outer + "/", StringComparison.Ordinal);

    private static string Join(string path, string folder) => (path, folder) switch
    {
        (_, "") => path,
        ("", _) => folder,
        _ => $"{path.TrimEnd('/')}/{folder}",
    };

    private static StepFailedException Unreadable(string text, string why) => StepFailedException.Refused(
        $"\"{text}\" is not the location of a bucket: {why}",
        "Give a folder, s3://BUCKET/PREFIX?endpoint=URL&region=NAME, gs://BUCKET/PREFIX, or az://CONTAINER/PREFIX?account=NAME.");
}
