using PachUp.Pachyderm.Connections;

namespace PachUp.Verification.Comparing;

/// <summary>Something that says what a cluster holds, or held.</summary>
public abstract record ComparedPlace
{
    private const byte FirstOfSnappy = 0xFF;
    private const byte FirstOfJson = (byte)'{';

    private static readonly string[] FileEndings = [".json", ".pachx", ".snappy", ".pachd", ".archive"];

    private ComparedPlace()
    {
    }

    /// <summary>A cluster that answers.</summary>
    /// <param name="Address">Where.</param>
    public sealed record Live(ClusterAddress Address) : ComparedPlace;

    /// <summary>A saved inventory.</summary>
    /// <param name="Path">The file.</param>
    public sealed record SavedInventory(string Path) : ComparedPlace;

    /// <summary>An archive of an extract.</summary>
    /// <param name="Path">The file.</param>
    public sealed record Archive(string Path) : ComparedPlace;

    /// <summary>Tells what somebody named: a file by what is in it, everything else is an address.</summary>
    /// <param name="text">What was named.</param>
    /// <param name="option">What it was named with: <c>--source</c>.</param>
    /// <param name="addresses">Finds the certificates and tokens of addresses.</param>
    /// <exception cref="AddressException">It is no address.</exception>
    /// <exception cref="WrongPlaceException">It is a file of another kind, or one that is not there.</exception>
    public static ComparedPlace Parse(string text, string option, AddressResolver addresses) =>
        File.Exists(text) || LooksLikeFile(text) ? OfFile(text, option) : new Live(addresses.Resolve(text, option));

    /// <summary>The same for what can only be a file.</summary>
    /// <exception cref="WrongPlaceException">It is a file of another kind, or one that is not there.</exception>
    public static ComparedPlace OfFile(string path, string option) => !File.Exists(path)
        ? throw NoFile(path, option)
        : FirstByteOf(path) switch
        {
            FirstOfSnappy or null => new Archive(path),
            FirstOfJson => new SavedInventory(path),
            _ => throw new WrongPlaceException(
                $"\"{path}\" (from {option}) is neither a saved inventory nor an archive",
                "Name an inventory (.json) or an archive, as \"pachctl extract\" or PachUp wrote it."),
        };

    private static WrongPlaceException NoFile(string path, string option) => new($"there is no file \"{path}\" (from {option})", "Check the path.");

    private static byte? FirstByteOf(string path)
    {
        using var file = File.OpenRead(path);
        return file.ReadByte() is >= 0 and var first ? (byte)first : null;
    }

    /// <summary>An address has no folders in it and does not end like the files of this tool.</summary>
    private static bool LooksLikeFile(string text) =>
        !text.Contains("://", StringComparison.Ordinal)
        && (text.Contains('/') || text.Contains('\\') || FileEndings.Any(ending => text.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>What was named is nothing that can be compared.</summary>
/// <param name="message">What was named, and what it is.</param>
/// <param name="remedy">What to name instead.</param>
public sealed class WrongPlaceException(string message, string remedy) : Exception(message)
{
    /// <summary>What to name instead.</summary>
    public string Remedy { get; } = remedy;
}
