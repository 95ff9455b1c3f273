using System.Security.Cryptography;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Verification.Listings;

/// <summary>
/// The objects that pachd writes when it stops a pipeline: the changed spec, and the tree of its commit. A bucket copy that was made earlier does
/// not contain them, and the target has its own specs, so they count as no loss.
/// </summary>
internal static class StoppedPipelineSpecs
{
    /// <summary>The only file in each commit of a spec.</summary>
    public const string File = "/spec";

    /// <summary>The hashes of the objects of the newest specs of pipelines.</summary>
    public static async Task<IReadOnlySet<string>> ObjectsOfAsync(PachdClient client, IReadOnlyList<string> pipelines, CancellationToken cancellationToken)
    {
        var objects = new HashSet<string>(StringComparer.Ordinal);
        if (pipelines.Count == 0)
        {
            return objects;
        }

        var heads = (await client.ListBranchesAsync(BranchName.SpecRepo, cancellationToken))
            .Where(branch => pipelines.Contains(NameOf(branch), StringComparer.Ordinal))
            .Select(branch => branch.Head?.Id)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        await foreach (var commit in client.ListCommitsAsync(BranchName.SpecRepo, cancellationToken).Where(commit => heads.Contains(commit.Commit.Id)))
        {
            objects.Add(commit.Tree?.Hash ?? "");
            objects.Add(await HashOfFileAsync(client, commit.Commit.Id, cancellationToken));
        }

        return objects;
    }

    /// <summary>The name of a branch; early releases use another field for it.</summary>
    public static string NameOf(BranchInfo branch) => branch.Branch?.Name is { Length: > 0 } name ? name : branch.Name;

    /// <summary>The hash of an object is the SHA-512 of its content.</summary>
    private static async Task<string> HashOfFileAsync(PachdClient client, string commit, CancellationToken cancellationToken)
    {
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        await foreach (var part in client.ReadFileAsync(BranchName.SpecRepo, commit, File, cancellationToken))
        {
            content.AppendData(part.Span);
        }

        return Convert.ToHexStringLower(content.GetHashAndReset());
    }
}
