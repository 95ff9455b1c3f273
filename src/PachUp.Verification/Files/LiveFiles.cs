using System.Runtime.CompilerServices;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.Files;

/// <summary>
/// The files of a live cluster. A file that the cluster refuses to list or to send counts as missing; a cluster that does not answer is an error.
/// </summary>
internal sealed class LiveFiles(PachdClient client) : IFileSide
{
    public async IAsyncEnumerable<CommitFile> ListAsync(ComparedCommit commit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var files = FileWalk.ListAllAsync(client, commit.Repo, commit.Id, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await TryAsync(async () => await files.MoveNextAsync()))
        {
            yield return files.Current;
        }
    }

    public async Task<FileContent?> TryReadAsync(ComparedCommit commit, CommitFile file, CancellationToken cancellationToken)
    {
        FileContent? content = null;
        await TryAsync(async () =>
        {
            content = await FileContent.ReadAsync(client, commit.Repo, commit.Id, file.Path, cancellationToken);
            return true;
        });
        return content;
    }

    private static async Task<bool> TryAsync(Func<Task<bool>> ask)
    {
        try
        {
            return await ask();
        }
        catch (PachdException e) when (e.Failure == PachdFailure.Refused)
        {
            // If the cluster cannot send a commit or file, that is a loss to report. The others are still read.
            return false;
        }
    }
}
