using Google.Protobuf;
using PachUp.Conformance.Mapping;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Conformance.Comparison;

/// <summary>
/// Compares listings of the object store, which come in any order. An object with a spec has another hash in every run and looks like any other object. So
/// for objects without an equal one only the number is compared, unless they are known to be the same in every run. If a cron pipeline ticked, the number is
/// not compared either.
/// </summary>
/// <param name="map">Maps recorded hashes to those of the replay.</param>
/// <param name="volatileRepos">Tells whether there were ticks.</param>
public sealed class ListingComparer(ValueMap map, VolatileRepos volatileRepos)
{
    private static readonly HashSet<string> Methods = ["/pfs.ObjectAPI/ListObjects", "/pfs.ObjectAPI/ListTags", "/pfs.ObjectAPI/ListBlock"];

    /// <summary>Whether a method lists the object store.</summary>
    public static bool IsListing(string method) => Methods.Contains(method);

    /// <summary>The difference between two listings.</summary>
    public IEnumerable<Difference> Compare(IReadOnlyCollection<IMessage> recorded, IReadOnlyCollection<IMessage> replayed)
    {
        var missing = Without(recorded, replayed);
        var countDiffers = recorded.Count != replayed.Count && !volatileRepos.HaveTicked;
        if (countDiffers || missing.Exists(IsTheSameInEveryRun))
        {
            yield return new Difference(
                "response",
                $"{recorded.Count} in all, {missing.Count} of them nowhere in the answer",
                $"{replayed.Count} in all, {Without(replayed, recorded).Count} of them not recorded");
        }
    }

    private bool IsTheSameInEveryRun(IMessage message) => HashOf(message) is { } hash && map.Find(TokenKind.Hash, hash) == hash;

    private static string? HashOf(IMessage message) => message switch
    {
        Pachyderm.Wire.Pfs.Object entry => entry.Hash,
        ObjectInfo entry => entry.Object?.Hash,
        ListTagsResponse entry => entry.Object?.Hash,
        _ => null,
    };

    private static List<IMessage> Without(IEnumerable<IMessage> messages, IEnumerable<IMessage> others)
    {
        var known = others.Select(Key).ToHashSet();
        return [.. messages.Where(message => !known.Contains(Key(message)))];
    }

    // The place of an object is another one in every run.
    private static object Key(IMessage message) => message is ObjectInfo info ? info.Object?.Hash ?? "" : message;
}
