using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace PachUp.Engine.Plugins.Assemblies;

/// <summary>
/// The hashes of the files in a plugin's folder. Two plugins with the same hashes have the same code, even if their names differ.
/// </summary>
public sealed record PluginFiles
{
    /// <summary>The SHA-256 of each file, in lower-case hex digits. File names are relative to the folder, with forward slashes.</summary>
    public required ImmutableSortedDictionary<string, string> Hashes { get; init; }

    /// <summary>One SHA-256 of the names and hashes of all files, in lower-case hex digits. Plans and the list of trusted plugins use it.</summary>
    public string Sha256 => Hash(Encoding.UTF8.GetBytes(string.Concat(Hashes.Select(file => $"{file.Value}  {file.Key}\n"))));

    /// <summary>Reads every file below a folder.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not read a file.</exception>
    public static PluginFiles Read(string folder) => new()
    {
        Hashes = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToImmutableSortedDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), HashFile, StringComparer.Ordinal),
    };

    /// <summary>The differences to a later state: one line for each file that was added, removed or changed.</summary>
    /// <param name="now">The later state of the same folder.</param>
    public IEnumerable<string> DifferencesTo(PluginFiles now) => Hashes.Keys
        .Union(now.Hashes.Keys)
        .Order(StringComparer.Ordinal)
        .Where(file => Hashes.GetValueOrDefault(file) != now.Hashes.GetValueOrDefault(file))
        .Select(file => Describe(file, Hashes.GetValueOrDefault(file), now.Hashes.GetValueOrDefault(file)));

    private static string Describe(string file, string? before, string? after) => (before, after) switch
    {
        (null, _) => $"{file}: added",
        (_, null) => $"{file}: removed",
        _ => $"{file}: changed, SHA-256 was {before}, is {after}",
    };

    private static string HashFile(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static string Hash(byte[] text) => Convert.ToHexStringLower(SHA256.HashData(text));
}
