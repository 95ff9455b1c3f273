using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.AfterWork;

/// <summary>
/// Reads files of output commits. Only reading proves their content: listings, sizes, jobs and fsck look right even if the content is lost.
/// </summary>
/// <param name="client">The cluster.</param>
internal sealed class OutputFiles(PachdClient client)
{
    /// <summary>How many files are read at the same time.</summary>
    public const int FilesAtOnce = 8;

    /// <summary>The files of a commit in the order of <see cref="FileWalk.ComparePaths"/>.</summary>
    /// <exception cref="PachdException">The server cannot list a directory.</exception>
    public IAsyncEnumerable<CommitFile> ListAsync(string repo, string commit, CancellationToken cancellationToken) =>
        FileWalk.ListAllAsync(client, repo, commit, cancellationToken);

    /// <summary>The file with the facts about its content, or with the reason why it could not be read.</summary>
    public async Task<CommitFile> ReadAsync(string repo, string commit, CommitFile file, CancellationToken cancellationToken)
    {
        using var lines = new LineDigest();
        try
        {
            var parts = client.ReadFileAsync(repo, commit, file.Path, cancellationToken).Select(part => Take(part, lines));
            var content = await FileContent.OfAsync(parts, cancellationToken);
            return file with { SizeBytes = content.SizeBytes, Sha256 = content.Sha256, Lines = lines.End() };
        }
        catch (PachdException e) when (e.Failure == PachdFailure.Refused)
        {
            // If the server lists a file but cannot send it, that is a finding. The other files are still read.
            return file with { Problem = e.Detail };
        }
    }

    private static ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> part, LineDigest lines)
    {
        lines.Append(part.Span);
        return part;
    }
}
