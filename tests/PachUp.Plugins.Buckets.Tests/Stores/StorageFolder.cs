using Google.Protobuf;

namespace PachUp.Plugins.Buckets.Tests.Stores;

/// <summary>Storage folders of pachd, and what is in them.</summary>
internal static class StorageFolder
{
    /// <summary>Writes a file with its folders.</summary>
    public static void Write(string folder, string key, string content)
    {
        var path = Path.Combine(folder, key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    /// <summary>Writes a file with a message in the form in which pachd stores it.</summary>
    public static void Write(string folder, string key, IMessage content)
    {
        Write(folder, key, "");
        File.WriteAllBytes(Path.Combine(folder, key), content.ToByteArray());
    }

    /// <summary>Every file below a folder, with its content.</summary>
    public static IReadOnlyList<string> Read(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => $"{Path.GetRelativePath(folder, file)}: {File.ReadAllText(file)}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The objects of a small cluster, in the folders of a release before 1.9.10.</summary>
    public static void Fill(string folder)
    {
        Write(folder, "pach/object/aa", "object a");
        Write(folder, "pach/block/b1", "block 1");
        Write(folder, "pach/block/b1-index", "index of block 1");
        Write(folder, "pach/tag/t1", "tag 1");
    }
}
