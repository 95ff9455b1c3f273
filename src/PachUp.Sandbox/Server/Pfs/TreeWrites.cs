using System.Globalization;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Applies to a tree what was put into a commit.</summary>
internal static class TreeWrites
{
    /// <param name="tree">The tree.</param>
    /// <param name="path">The path that was put or deleted.</param>
    /// <param name="records">What was put.</param>
    /// <param name="traits">The release: which paths are patterns (a deletion deletes everything that matches) and how headers are kept.</param>
    public static void Apply(HashTree tree, string path, PutFileRecords records, ServerTraits traits)
    {
        if (records.Tombstone)
            tree.Delete(path, traits.Globs);

        if (records.Split)
            ApplySplit(tree, path, records, traits.KeepsTreesAsMessage);
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

    /// <summary>Makes a file of each record, named by its number in 16 hexadecimal digits, after the files that exist.</summary>
    private static void ApplySplit(HashTree tree, string path, PutFileRecords records, bool headsAllBelow)
    {
        var number = records.Records.Count > 0 ? NextNumber(tree, path) : 0;
        var sharesParts = !headsAllBelow && (records.Header is not null || records.Footer is not null);
        var headSize = headsAllBelow ? (records.Header?.SizeBytes ?? 0) + (records.Footer?.SizeBytes ?? 0) : 0;
        if (headsAllBelow)
            tree.PutHeaderAndFooter(path, records.Header?.ObjectHash, records.Footer?.ObjectHash, headSize);

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
