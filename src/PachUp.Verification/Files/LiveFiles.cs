using System.Runtime.CompilerServices;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.Files;

/// <summary>The files of a cluster that answers. What it refuses to list or to give counts as not there; that it does not answer is an error.</summary>
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
            // A commit or file that a cluster cannot give is a loss to report, not a reason to stop looking for others.
            return false;
        }
    }
}
