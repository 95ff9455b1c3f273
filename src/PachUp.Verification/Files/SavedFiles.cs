using PachUp.Common.Files;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Verification.Files;

/// <summary>
/// The facts about files of a cluster, recorded while it answered: a file of JSON lines for each commit. In a migration in place, the source does not
/// answer any more when the target is verified.
/// </summary>
/// <param name="directory">The directory of the records.</param>
internal sealed class SavedFiles(string directory) : IFileSide
{
    private const int FilesAtOnce = 8;

    // The contents that were read, by their hash in the trees.
    private readonly Dictionary<UInt128, FileContent> _known = [];

    /// <summary>Whether the files of a commit are recorded.</summary>
    public bool Has(ComparedCommit commit) => File.Exists(PathOf(commit));

    /// <summary>
    /// Reads the files of some commits from beginning to end and records their facts. Commits that are already recorded are not read again.
    /// </summary>
    public async Task SaveAsync(
        IFileSide side, IReadOnlyList<ComparedCommit> commits, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        PrivateDirectory.Create(directory);
        var left = commits.Where(commit => !Has(commit)).ToList();
        var done = new CommitProgress("reading files of the source", progress);
        done.Begin(left.Select(commit => commit.SizeBytes));
        foreach (var commit in left)
        {
            await PrivateFile.ReplaceAsync(PathOf(commit), async record =>
            {
                await using var lines = new StreamWriter(record, leaveOpen: true);
                await foreach (var files in side.ListAsync(commit, cancellationToken).Chunk(FilesAtOnce))
                {
                    foreach (var file in await ReadAsync(side, commit, files, cancellationToken))
                    {
                        await lines.WriteLineAsync(FileLines.Write(file).AsMemory(), cancellationToken);
                        done.Add(file);
                    }
                }
            });
        }
    }

    public IAsyncEnumerable<CommitFile> ListAsync(ComparedCommit commit, CancellationToken cancellationToken) =>
        FileLines.ReadAsync(PathOf(commit), cancellationToken);

    public Task<FileContent?> TryReadAsync(ComparedCommit commit, CommitFile file, CancellationToken cancellationToken) =>
        Task.FromResult<FileContent?>(file.Sha256 is { } sha256 ? new FileContent(file.SizeBytes, sha256) : null);

    private async Task<CommitFile[]> ReadAsync(IFileSide side, ComparedCommit commit, CommitFile[] files, CancellationToken cancellationToken)
    {
        var contents = await Task.WhenAll(files.Select(async file =>
            _known.TryGetValue(HashKey.Of(file), out var known) ? known : await side.TryReadAsync(commit, file, cancellationToken)));
        foreach (var (file, content) in files.Zip(contents))
        {
            if (content is { } read)
            {
                _known[HashKey.Of(file)] = read;
            }
        }

        return [.. files.Zip(contents, (file, content) => file with { Sha256 = content?.Sha256 })];
    }

    private string PathOf(ComparedCommit commit) => Path.Combine(directory, FileNames.Of($"{commit}.jsonl"));
}
