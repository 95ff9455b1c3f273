using System.IO.Compression;
using PachUp.Engine.Plugins.Assemblies;

namespace PachUp.Packages.Contents;

/// <summary>Looks at every entry of a package before anything of it is used: its file format lets an author name any path, and claim any size.</summary>
internal static class PackageSafety
{
    private const string Remedy = "Do not use this package, and tell its author.";
    private const int UnixModeShift = 16;
    private const int UnixTypeMask = 0xF000;
    private const int UnixDirectory = 0x4000;
    private const int UnixRegularFile = 0x8000;

    /// <summary>Refuses a package with entries that could harm.</summary>
    /// <exception cref="PluginException">It has one; the message names it.</exception>
    public static void ThrowIfUnsafe(ZipArchive package, string name, PackageLimits limits)
    {
        if (package.Entries.Count > limits.Files)
        {
            throw new PluginException($"{name} holds {package.Entries.Count:N0} files, more than {limits.Files:N0}.", Remedy);
        }

        var size = package.Entries.Sum(entry => (decimal)entry.Length);
        if (size > limits.UnpackedBytes)
        {
            throw new PluginException($"{name} unpacks to {size:N0} bytes, more than {limits.UnpackedBytes:N0}.", Remedy);
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in package.Entries)
        {
            if (WrongWith(entry) is { } wrong)
            {
                throw new PluginException($"{name} holds a file whose name {wrong}: \"{Printable(entry.FullName)}\".", Remedy);
            }

            if (!seen.Add(PathOf(entry.FullName)))
            {
                throw new PluginException($"{name} holds the file \"{Printable(entry.FullName)}\" twice.", Remedy);
            }
        }
    }

    /// <summary>The path that an entry means: names are written as in URLs.</summary>
    public static string PathOf(string entry) => Uri.UnescapeDataString(entry);

    private static string? WrongWith(ZipArchiveEntry entry)
    {
        var path = PathOf(entry.FullName);
        var type = (entry.ExternalAttributes >> UnixModeShift) & UnixTypeMask;
        return path.Contains('\\') ? "has a backslash"
            : path.StartsWith('/') || path.Contains(':') ? "names a disk or its root"
            : path.Any(char.IsControl) ? "has control characters"
            : path.TrimEnd('/').Split('/').Any(part => part is "" or "." or ".." || part.EndsWith('.') || part.EndsWith(' ')) ? "leads elsewhere"
            : type is not (0 or UnixRegularFile) && !(type == UnixDirectory && path.EndsWith('/')) ? "is that of a link or device"
            : null;
    }

    private static string Printable(string path) => string.Concat(path.Select(character => char.IsControl(character) ? '?' : character));
}
