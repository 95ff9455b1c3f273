using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PachUp.Pachyderm.Inventories;

/// <summary>
/// Finds items of a list by their names, in the same time however many there are. An index belongs to a list, not to the inventory that holds
/// it: copies of an inventory share the lists that they have in common, and an index goes with its list.
/// </summary>
/// <typeparam name="T">What is found.</typeparam>
internal static class NameIndex<T>
    where T : class
{
    /// <summary>Up to here looking at each item costs no more than an index.</summary>
    private const int ShortList = 16;

    private static readonly ConditionalWeakTable<T[], Dictionary<string, T>> Indexes = [];

    /// <summary>The first item of that name; null where there is none.</summary>
    public static T? Find(ImmutableArray<T> items, Func<T, string> nameOf, string name) => items.Length <= ShortList
        ? items.FirstOrDefault(item => nameOf(item) == name)
        : Indexes.GetValue(ImmutableCollectionsMarshal.AsArray(items)!, _ => IndexOf(items, nameOf)).GetValueOrDefault(name);

    private static Dictionary<string, T> IndexOf(ImmutableArray<T> items, Func<T, string> nameOf)
    {
        var index = new Dictionary<string, T>(items.Length, StringComparer.Ordinal);
        foreach (var item in items)
        {
            index.TryAdd(nameOf(item), item);
        }

        return index;
    }
}
