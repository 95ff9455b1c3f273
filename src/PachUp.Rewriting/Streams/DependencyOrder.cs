namespace PachUp.Rewriting.Streams;

/// <summary>Puts things behind what they depend on, and otherwise leaves them in order.</summary>
internal static class DependencyOrder
{
    /// <summary>Sorts. Dependencies that are not among the items do not count; those in a circle come in the order they are met.</summary>
    /// <param name="items">The items.</param>
    /// <param name="key">What tells them apart.</param>
    /// <param name="dependencies">The keys of what an item depends on.</param>
    public static IReadOnlyList<TItem> Sort<TItem, TKey>(IReadOnlyCollection<TItem> items, Func<TItem, TKey> key, Func<TItem, IEnumerable<TKey>> dependencies)
        where TKey : notnull
    {
        var byKey = items.ToDictionary(key);
        var met = new HashSet<TKey>();
        var sorted = new List<TItem>(items.Count);

        // An own stack and no recursion: a chain of commits can be longer than the thread's stack is deep.
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
