using System.Runtime.CompilerServices;
using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Steps.Checks;

/// <summary>Lists the files of branch heads, up to a limit, because a cluster can have very many files.</summary>
/// <param name="client">The cluster.</param>
/// <param name="most">The largest number of files to list.</param>
internal sealed class HeadFiles(PachdClient client, int most)
{
    /// <summary>How many files were looked at.</summary>
    public int LookedAt { get; private set; }

    /// <summary>Whether there are more files than the limit.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>The paths of all files of a branch's head; none if the server cannot list them, which other checks report.</summary>
    public async IAsyncEnumerable<string> ListAsync(BranchName branch, string head, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var files = FileWalk.ListAllAsync(client, branch.Repo, head, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (!IsCutShort && await MoveNextAsync(files))
        {
            if (LookedAt == most)
            {
                IsCutShort = true;
                yield break;
            }

            LookedAt++;
            yield return files.Current.Path;
        }
    }

    /// <summary>How many files were looked at, as words for the middle of a sentence.</summary>
    public string Describe() =>
        IsCutShort ? $"of the first {Words.Count(LookedAt, "file")} of the branch heads (there are more)" : $"of {Words.Count(LookedAt, "file")} of the branch heads";

    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<CommitFile> files)
    {
        try
        {
            return await files.MoveNextAsync();
        }
        catch (PachdException e) when (e.Failure == PachdFailure.Refused)
        {
            return false;
        }
    }
}
