using PachUp.Common.Files;
using PachUp.Pachyderm.Connections;

namespace PachUp.Verification.Comparing;

/// <summary>A source of facts about a cluster: the cluster itself, a saved inventory or an archive.</summary>
public abstract record ComparedPlace
{
    private const byte FirstOfSnappy = 0xFF;
    private const byte FirstOfJson = (byte)'{';

    private static readonly string[] FileEndings = [".json", ".pachx", ".snappy", ".pachd", ".archive"];

    private ComparedPlace()
    {
    }

    /// <summary>A cluster that answers.</summary>
    /// <param name="Address">Its address.</param>
    public sealed record Live(ClusterAddress Address) : ComparedPlace;

    /// <summary>A saved inventory.</summary>
    /// <param name="Path">The file.</param>
    public sealed record SavedInventory(string Path) : ComparedPlace;

    /// <summary>An archive of an extract.</summary>
    /// <param name="Path">The file.</param>
    public sealed record Archive(string Path) : ComparedPlace;

    /// <summary>Finds out what the user named: a file is recognised by its content, everything else is an address.</summary>
    /// <param name="text">What the user named.</param>
    /// <param name="option">The option with which it was named: <c>--source</c>.</param>
    /// <param name="addresses">Finds the certificates and tokens of addresses.</param>
    /// <exception cref="AddressException">It is not an address.</exception>
    /// <exception cref="WrongPlaceException">It is a file of another kind, or does not exist.</exception>
    public static ComparedPlace Parse(string text, string option, AddressResolver addresses) =>
        File.Exists(text) || LooksLikeFile(text) ? OfFile(text, option) : new Live(addresses.Resolve(text, option));

    /// <summary>The same for something that can only be a file.</summary>
    /// <exception cref="WrongPlaceException">It is a file of another kind, or does not exist.</exception>
    public static ComparedPlace OfFile(string path, string option) => !File.Exists(path)
        ? throw NoFile(path, option)
        : FirstByteOf(path) switch
        {
            FirstOfSnappy or null => new Archive(path),
            FirstOfJson => new SavedInventory(path),
            _ => throw new WrongPlaceException(
                $"\"{path}\" (from {option}) is neither a saved inventory nor an archive",
                "Name an inventory (.json), or an archive that \"pachctl extract\" or PachUp wrote."),
        };

    private static WrongPlaceException NoFile(string path, string option) => new($"the file \"{path}\" (from {option}) does not exist", "Check the path.");

    private static byte? FirstByteOf(string path)
    {
        using var file = ReadFile.Open(path);
        return file.ReadByte() is >= 0 and var first ? (byte)first : null;
    }

    /// <summary>An address contains no folders and does not end like a file of this tool.</summary>
    private static bool LooksLikeFile(string text) =>
        !text.Contains("://", StringComparison.Ordinal)
        && (text.Contains('/') || text.Contains('\\') || FileEndings.Any(ending => text.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>The user named something that cannot be compared.</summary>
/// <param name="message">What was named, and what it is.</param>
/// <param name="remedy">What to name instead.</param>
public sealed class WrongPlaceException(string message, string remedy) : Exception(message)
{
    /// <summary>What to name instead.</summary>
    public string Remedy { get; } = remedy;
}
