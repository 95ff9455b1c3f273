using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PachUp.Pachyderm.Inventories;

/// <summary>
/// Finds items of a list by name, in constant time. An index belongs to a list and not to an inventory, because copies of an inventory share
/// lists.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
internal static class NameIndex<T>
    where T : class
{
    /// <summary>The largest list for which a linear search is as fast as an index.</summary>
    private const int ShortList = 16;

    private static readonly ConditionalWeakTable<T[], Dictionary<string, T>> Indexes = [];

    /// <summary>The first item with that name; null if there is none.</summary>
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
