using PachUp.Common.Files;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Files;
using PachUp.Verification.Records;

namespace PachUp.Verification.AfterWork;

/// <summary>
/// The files of output heads, as recorded on the source: a file of JSON lines for each head, in the order of <see cref="FileWalk.ComparePaths"/>.
/// </summary>
/// <param name="runDirectory">The run directory.</param>
internal sealed class RecordedFiles(string runDirectory)
{
    private readonly string _directory = Path.Combine(runDirectory, RecordFiles.SourceOutputFiles);

    /// <summary>Whether the files of a head were recorded. A finished commit never changes, so it is recorded only once.</summary>
    public bool Has(OutputHead head) => File.Exists(PathOf(head));

    /// <summary>Records the files of a head: all or none.</summary>
    public async Task WriteAsync(OutputHead head, IAsyncEnumerable<CommitFile> files, CancellationToken cancellationToken)
    {
        PrivateDirectory.Create(_directory);
        await PrivateFile.ReplaceAsync(PathOf(head), async record =>
        {
            await using var lines = new StreamWriter(record, leaveOpen: true);
            await foreach (var file in files.WithCancellation(cancellationToken))
            {
                await lines.WriteLineAsync(FileLines.Write(file).AsMemory(), cancellationToken);
            }
        });
    }

    /// <summary>The files of a head; none if it was not recorded.</summary>
    /// <exception cref="FormatException">The record is damaged.</exception>
    public IAsyncEnumerable<CommitFile> ReadAsync(OutputHead head, CancellationToken cancellationToken) =>
        Has(head) ? FileLines.ReadAsync(PathOf(head), cancellationToken) : AsyncEnumerable.Empty<CommitFile>();

    private string PathOf(OutputHead head) => Path.Combine(_directory, FileNames.Of($"{head}.jsonl"));
}
