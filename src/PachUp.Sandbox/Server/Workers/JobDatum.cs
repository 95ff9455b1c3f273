using System.Security.Cryptography;
using System.Text;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>What one input gives to a datum: a file or a directory.</summary>
/// <param name="Name">The name of the input: the directory under <c>/pfs</c> where the code of a pipeline finds it.</param>
/// <param name="Path">Where it lies in its commit.</param>
/// <param name="Files">All files of that commit.</param>
/// <param name="Commit">That commit.</param>
internal sealed record DatumInput(string Name, string Path, HashTree Files, CommitInfo Commit)
{
    public TreeNode Node => Files.Get(Path);

    /// <summary>The files in it, or it itself where it is one.</summary>
    public IEnumerable<string> FilePaths => Files.Walk(Path).Where(found => !found.Node.IsDirectory).Select(found => found.Path);
}

/// <summary>What the code of a pipeline works on at a time.</summary>
/// <param name="Inputs">One part from each input, in the order of their names.</param>
internal sealed record JobDatum(IReadOnlyList<DatumInput> Inputs)
{
    private const int TagPrefixDigits = 4;

    /// <summary>Bytes in all files of it.</summary>
    public long Size => Inputs.Sum(input => input.Node.Size);

    /// <summary>The name of the datum in logs and statistics: it stands for the paths and the content of the inputs, so all pipelines have the same.</summary>
    public string Id
    {
        get
        {
            using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var input in Inputs)
            {
                sha.AppendData(Encoding.UTF8.GetBytes(TreePaths.External(input.Path)));
                sha.AppendData(input.Node.Hash.Span);
            }

            return Convert.ToHexStringLower(sha.GetHashAndReset());
        }
    }

    /// <summary>
    /// The tag that names the results of a datum: it stands for the pipeline with its salt, and for the names, paths and content of the inputs.
    /// </summary>
    public string TagFor(string pipeline, string salt)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var input in Inputs)
        {
            sha.AppendData(Encoding.UTF8.GetBytes(input.Name + TreePaths.External(input.Path)));
            sha.AppendData(input.Node.Hash.Span);
        }

        sha.AppendData(Encoding.UTF8.GetBytes(pipeline + salt));
        return TagPrefixOf(salt) + Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    /// <summary>What the tags of a pipeline begin with: digits of the hash of its salt, since a salt itself need not be random in every digit.</summary>
    public static string TagPrefixOf(string salt) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(salt)))[..TagPrefixDigits];
}
