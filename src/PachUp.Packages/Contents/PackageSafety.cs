using System.IO.Compression;
using PachUp.Engine.Plugins.Assemblies;

namespace PachUp.Packages.Contents;

/// <summary>Checks every entry of a package before it is used. The file format allows any path and any claimed size.</summary>
internal static class PackageSafety
{
    private const string Remedy = "Do not use this package. Report this to its author.";
    private const int UnixModeShift = 16;
    private const int UnixTypeMask = 0xF000;
    private const int UnixDirectory = 0x4000;
    private const int UnixRegularFile = 0x8000;

    /// <summary>Refuses a package with an unsafe entry.</summary>
    /// <exception cref="PluginException">The package has an unsafe entry. The message names it.</exception>
    public static void ThrowIfUnsafe(ZipArchive package, string name, PackageLimits limits)
    {
        if (package.Entries.Count > limits.Files)
        {
            throw new PluginException($"{name} contains {package.Entries.Count:N0} files. At most {limits.Files:N0} are allowed.", Remedy);
        }

        var size = package.Entries.Sum(entry => (decimal)entry.Length);
        if (size > limits.UnpackedBytes)
        {
            throw new PluginException($"{name} unpacks to {size:N0} bytes. At most {limits.UnpackedBytes:N0} bytes are allowed.", Remedy);
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in package.Entries)
        {
            if (WrongWith(entry) is { } wrong)
            {
                throw new PluginException($"{name} contains a file whose name {wrong}: \"{Printable(entry.FullName)}\".", Remedy);
            }

            if (!seen.Add(PathOf(entry.FullName)))
            {
                throw new PluginException($"{name} contains the file \"{Printable(entry.FullName)}\" twice.", Remedy);
            }
        }
    }

    /// <summary>The path of an entry. Entry names are URL-encoded.</summary>
    public static string PathOf(string entry) => Uri.UnescapeDataString(entry);

    private static string? WrongWith(ZipArchiveEntry entry)
    {
        var path = PathOf(entry.FullName);
        var type = (entry.ExternalAttributes >> UnixModeShift) & UnixTypeMask;
        return path.Contains('\\') ? "has a backslash"
            : path.StartsWith('/') || path.Contains(':') ? "is an absolute path"
            : path.Any(char.IsControl) ? "has control characters"
            : path.TrimEnd('/').Split('/').Any(part => part is "" or "." or ".." || part.EndsWith('.') || part.EndsWith(' ')) ? "leaves the folder of the package"
            : type is not (0 or UnixRegularFile) && !(type == UnixDirectory && path.EndsWith('/')) ? "belongs to a link or a device"
            : null;
    }

    private static string Printable(string path) => string.Concat(path.Select(character => char.IsControl(character) ? '?' : character));
}
