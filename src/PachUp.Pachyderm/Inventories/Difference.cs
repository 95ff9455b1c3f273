using System.Globalization;

namespace PachUp.Pachyderm.Inventories;

/// <summary>Describes the difference in one property of an item; nothing if there is no difference.</summary>
internal static class Difference
{
    private const int ShortHash = 12;
    private const string Nothing = "none";

    public static IEnumerable<string> OfTexts(string property, string old, string now) => OfWords(property, Quote(old), Quote(now));

    public static IEnumerable<string> OfNumbers(string property, long old, long now) =>
        OfWords(property, old.ToString(CultureInfo.InvariantCulture), now.ToString(CultureInfo.InvariantCulture));

    public static IEnumerable<string> OfHashes(string property, string? old, string? now) =>
        old == now ? [] : [Sentence(property, Shorten(old), Shorten(now))];

    public static IEnumerable<string> OfLists<T>(string property, IReadOnlyList<T> old, IReadOnlyList<T> now, Func<T, string?>? format = null) =>
        old.SequenceEqual(now) ? [] : [Sentence(property, List(old, format), List(now, format))];

    public static IEnumerable<string> OfWords(string property, string old, string now) => old == now ? [] : [Sentence(property, old, now)];

    /// <summary>The first digits of a hash.</summary>
    public static string Shorten(string? hash) => string.IsNullOrEmpty(hash) ? Nothing : hash[..Math.Min(hash.Length, ShortHash)];

    private static string Sentence(string property, string old, string now) => $"{property}: {old} -> {now}";

    private static string Quote(string text) => $"\"{text}\"";

    private static string List<T>(IReadOnlyList<T> items, Func<T, string?>? format) =>
        items is [] ? Nothing : string.Join(", ", items.Select(item => format is null ? item?.ToString() : format(item)));
}
