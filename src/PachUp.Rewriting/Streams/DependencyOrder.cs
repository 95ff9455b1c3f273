namespace PachUp.Rewriting.Streams;

/// <summary>Puts things after the things on which they depend, and otherwise keeps their order.</summary>
internal static class DependencyOrder
{
    /// <summary>Sorts. Dependencies that are not among the items are ignored; items in a cycle keep the order in which they are visited.</summary>
    /// <param name="items">The items.</param>
    /// <param name="key">The key of an item.</param>
    /// <param name="dependencies">The keys of the items on which an item depends.</param>
    public static IReadOnlyList<TItem> Sort<TItem, TKey>(IReadOnlyCollection<TItem> items, Func<TItem, TKey> key, Func<TItem, IEnumerable<TKey>> dependencies)
        where TKey : notnull
    {
        var byKey = items.ToDictionary(key);
        var met = new HashSet<TKey>();
        var sorted = new List<TItem>(items.Count);

        // It uses its own stack instead of recursion: a chain of commits can be longer than the call stack allows.
        var open = new Stack<(TItem Item, IEnumerator<TKey> Dependencies)>();
        foreach (var item in items.Where(item => met.Add(key(item))))
        {
            open.Push((item, dependencies(item).GetEnumerator()));
            while (open.TryPeek(out var top))
            {
                if (!top.Dependencies.MoveNext())
                {
                    sorted.Add(open.Pop().Item);
                }
                else if (byKey.TryGetValue(top.Dependencies.Current, out var dependency) && met.Add(top.Dependencies.Current))
                {
                    open.Push((dependency, dependencies(dependency).GetEnumerator()));
                }
            }
        }

        return sorted;
    }
}
