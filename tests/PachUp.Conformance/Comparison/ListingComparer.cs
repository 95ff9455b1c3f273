using Google.Protobuf;

namespace PachUp.Conformance.Comparison;

/// <summary>
/// Compares listings of the object store, which come in any order. An object that holds a spec has another hash in every run and
/// nothing tells it from the rest: of what has no equal, only the number counts.
/// </summary>
public static class ListingComparer
{
    private static readonly HashSet<string> Methods = ["/pfs.ObjectAPI/ListObjects", "/pfs.ObjectAPI/ListTags", "/pfs.ObjectAPI/ListBlock"];

    /// <summary>Whether a method lists the object store.</summary>
    public static bool IsListing(string method) => Methods.Contains(method);

    /// <summary>The difference between two listings.</summary>
    public static IEnumerable<Difference> Compare(IReadOnlyCollection<IMessage> recorded, IReadOnlyCollection<IMessage> replayed)
    {
        if (recorded.Count == replayed.Count)
        {
            yield break;
        }

        var missing = Without(recorded, replayed);
        var added = Without(replayed, recorded);
        yield return new Difference(
            "response",
            $"{recorded.Count} in all, {missing.Count} of them nowhere in the answer",
            $"{replayed.Count} in all, {added.Count} of them not recorded");
    }

    private static List<IMessage> Without(IEnumerable<IMessage> messages, IEnumerable<IMessage> others)
    {
        var known = others.ToHashSet();
        return [.. messages.Where(message => !known.Contains(message))];
    }
}
