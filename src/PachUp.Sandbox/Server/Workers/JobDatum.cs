using System.Security.Cryptography;
using System.Text;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>The part of a datum that comes from one input: a file or a directory.</summary>
/// <param name="Name">The name of the input: the directory under <c>/pfs</c> where the code of a pipeline finds it.</param>
/// <param name="Path">Its path in the commit.</param>
/// <param name="Files">All files of that commit.</param>
/// <param name="Commit">That commit.</param>
internal sealed record DatumInput(string Name, string Path, HashTree Files, CommitInfo Commit)
{
    public TreeNode Node => Files.Get(Path);

    /// <summary>The files in a directory, or the file itself.</summary>
    public IEnumerable<string> FilePaths => Files.Walk(Path).Where(found => !found.Node.IsDirectory).Select(found => found.Path);
}

/// <summary>A datum: the files that the code of a pipeline processes in one run.</summary>
/// <param name="Inputs">One part from each input, in the order of their names.</param>
internal sealed record JobDatum(IReadOnlyList<DatumInput> Inputs)
{
    private const int TagPrefixDigits = 4;

    /// <summary>Bytes in all files of it.</summary>
    public long Size => Inputs.Sum(input => input.Node.Size);

    /// <summary>The name of the datum in logs and statistics: a hash of the paths and contents of its inputs, the same in all pipelines.</summary>
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
    /// The tag of the results of a datum: a hash of the pipeline, its salt, and the names, paths and contents of the inputs.
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

    /// <summary>The first digits of all tags of a pipeline: the first digits of the hash of its salt. The salt itself need not be random.</summary>
    public static string TagPrefixOf(string salt) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(salt)))[..TagPrefixDigits];
}
