using System.Text.Json;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Plugins.Buckets.Locations;
using PachUp.Plugins.Buckets.Running;
using PachUp.Sdk;

namespace PachUp.Plugins.Buckets.Storage;

/// <summary>
/// Where pachd keeps its objects below a location: in <c>pach</c>. Only the local storage of 1.9.10 and later has them at the location itself.
/// </summary>
internal static class StorageFolders
{
    private const string Pach = "pach";

    /// <summary>The folders of pachd. Everything else at the location belongs to workers, or to somebody else, and is not copied.</summary>
    public static IReadOnlyList<string> Names { get; } = ["object", "block", "tag", "index"];

    /// <summary>The arguments with which rclone sees only these folders.</summary>
    public static IEnumerable<string> Filter => [.. Names.SelectMany(name => new[] { "--filter", $"+ /{name}/**" }), "--filter", "- *"];

    /// <summary>Finds the folder of the source. If objects are in both places, the one where the release looks counts.</summary>
    /// <exception cref="StepFailedException">There are no objects.</exception>
    public static async Task<string> FindSourceAsync(Rclone rclone, Release release, CancellationToken cancellationToken)
    {
        var expected = rclone.Source.Location.Kind == BucketKind.Folder ? LocalStorage.FolderOf(release) : Pach;
        string[] candidates = expected.Length == 0 ? ["", Pach] : [expected, ""];
        foreach (var folder in candidates)
        {
            if (await HoldsObjectsAsync(rclone, rclone.Source.At(folder), cancellationToken))
            {
                return folder;
            }
        }

        throw StepFailedException.Refused(
            $"the source's bucket {rclone.Source.Location} has no objects of pachd: neither object/ nor pach/object/",
            "Give the location that contains the folder pach: the bucket that the storage secret names, or the storage folder of pachd.");
    }

    /// <summary>The folder in which the target looks.</summary>
    public static string OfTarget(Bucket source, string folderOfSource, Bucket target, Release release) =>
        (source.Location.Kind, target.Location.Kind) switch
        {
            (_, BucketKind.Folder) => LocalStorage.FolderOf(release),
            (BucketKind.Folder, _) => Pach,
            _ => folderOfSource,
        };

    /// <summary>Refuses a target whose objects are in the folder of other releases: there they are not found, and no call of pachd says so.</summary>
    public static async Task ThrowIfElsewhereAsync(Rclone rclone, Bucket expected, Release release, CancellationToken cancellationToken)
    {
        if (await HoldsObjectsAsync(rclone, expected, cancellationToken))
        {
            return;
        }

        string[] others = ["", Pach];
        foreach (var other in others.Select(rclone.Target.At).Where(other => other.Location.Path != expected.Location.Path))
        {
            if (await HoldsObjectsAsync(rclone, other, cancellationToken))
            {
                throw StepFailedException.Refused(
                    $"the objects of the target are in {other.Location}, but {release} looks for them in {expected.Location}",
                    $"Move the folders object, block and tag to {expected.Location}, then resume the run.");
            }
        }
    }

    /// <summary>Whether a place has objects of pachd.</summary>
    public static async Task<bool> HoldsObjectsAsync(Rclone rclone, Bucket place, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        var errors = await rclone.RunAsync(
            ["lsjson", "--dirs-only", "--no-modtime", place.Path], line => Add(line, found), _ => { }, cancellationToken);
        return errors.Count == 0 || errors.Any(RcloneTrouble.IsAbsentFolder)
            ? found.Intersect(Names).Any()
            : throw RcloneTrouble.Explain([.. errors.Select(error => error with { Text = $"{place.Remote}: {error.Text}" })], rclone);
    }

    private static void Add(string line, List<string> found)
    {
        if (line.TrimEnd(',') is ['{', ..] entry)
        {
            using var json = JsonDocument.Parse(entry);
            found.Add(json.RootElement.GetProperty("Name").GetString()!);
        }
    }
}
