namespace PachUp.Sandbox.Server.Storage;

internal static class BlobKeys
{
    /// <summary>The keys that begin with <paramref name="prefix"/>, in their order.</summary>
    public static IReadOnlyList<string> WithPrefix(IEnumerable<string> keys, string prefix) =>
        [.. keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
