using System.Globalization;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Trees;

namespace PachUp.Sandbox.Pfs;

/// <summary>Carries out on a tree what was put into a commit.</summary>
internal static class TreeWrites
{
    public static void Apply(HashTree tree, string path, PutFileRecords records)
    {
        if (records.Tombstone)
            tree.Delete(path);

        if (records.Split)
            ApplySplit(tree, path, records);
        else
            ApplyWhole(tree, path, records);
    }

    private static void ApplyWhole(HashTree tree, string path, PutFileRecords records)
    {
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var record in records.Records)
        {
            sizes[record.ObjectHash] = record.SizeBytes;
            var keep = record.OverwriteIndex?.Index;
            var dropped = keep is null ? [] : tree.Find(path)?.Objects?.Skip((int)keep) ?? [];
            tree.PutFile(path, [record.ObjectHash], record.SizeBytes - dropped.Sum(hash => sizes.GetValueOrDefault(hash)), keep);
        }
    }

    /// <summary>Each record becomes a file of its own, named by its number in 16 hexadecimal digits, behind those that are there.</summary>
    private static void ApplySplit(HashTree tree, string path, PutFileRecords records)
    {
        var number = NextNumber(tree, path);
        var sharesParts = records.Header is not null || records.Footer is not null;
        if (sharesParts)
        {
            tree.PutSharedParts(path, new SharedParts(
                records.Header?.ObjectHash, records.Header?.SizeBytes ?? 0, records.Footer?.ObjectHash, records.Footer?.SizeBytes ?? 0));
        }

        foreach (var record in records.Records)
        {
            var name = number++.ToString("x16", CultureInfo.InvariantCulture);
            tree.PutFile(TreePaths.Join(path, name), [record.ObjectHash], record.SizeBytes, hasSharedParts: sharesParts);
        }
    }

    private static long NextNumber(HashTree tree, string path)
    {
        if (tree.Find(path) is null || tree.List(path) is not [.., var (_, last)])
            return 0;

        return long.TryParse(last.Name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number + 1
            : throw new PachdError(
                $"error parsing filename {last.Name} as int, this likely means you're using split on a directory which contains other data that wasn't put with split");
    }
}
