using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Steps.Reloading;

/// <summary>
/// Loads the files of one branch head into one new commit, several at a time: it sends each file to the target while it reads it from the source.
/// Then it reads all files back. After an interruption it does not load files again that the target has acknowledged.
/// </summary>
/// <param name="source">The cluster to read from.</param>
/// <param name="target">The cluster to write to.</param>
/// <param name="ledger">The record of loaded files.</param>
/// <param name="totalBytes">The size of all branches, for the progress.</param>
/// <param name="parallel">How many files to load at the same time.</param>
/// <param name="progress">Receives the progress.</param>
internal sealed class BranchLoader(PachdClient source, PachdClient target, ReloadLedger ledger, long totalBytes, int parallel, IProgress<StepProgress> progress)
{
    /// <summary>Loads a branch.</summary>
    /// <param name="branch">The branch.</param>
    /// <param name="isEmpty">Whether its commit has no files: releases list empty commits differently.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <returns>The id of the new commit.</returns>
    /// <exception cref="StepFailedException">A file read from the target differs from the source.</exception>
    public async Task<string> LoadAsync(LoadedBranch branch, bool isEmpty, CancellationToken cancellationToken)
    {
        var (commit, isFinished) = await FindCommitAsync(branch, cancellationToken);
        if (commit is not null && ledger.IsDone(branch))
        {
            return commit;
        }

        commit ??= await target.StartCommitAsync(branch.Repo, branch.Name, cancellationToken);
        if (!isFinished)
        {
            await LoadFilesAsync(branch, commit, isEmpty, cancellationToken);
            await target.FinishCommitAsync(branch.Repo, commit, cancellationToken);
        }

        await CheckFilesAsync(branch, commit, cancellationToken);
        ledger.Complete(branch);
        return commit;
    }

    private ParallelOptions Options(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };

    /// <summary>The commit that an interrupted reload started; only PachUp makes commits on the target.</summary>
    private async Task<(string? Commit, bool IsFinished)> FindCommitAsync(LoadedBranch branch, CancellationToken cancellationToken)
    {
        var branches = await target.ListBranchesAsync(branch.Repo, cancellationToken);
        var head = branches.FirstOrDefault(info => (info.Branch?.Name ?? info.Name) == branch.Name)?.Head?.Id;
        if (string.IsNullOrEmpty(head))
        {
            return (null, false);
        }

        var commit = await target.ListCommitsAsync(branch.Repo, cancellationToken).FirstAsync(info => info.Commit.Id == head, cancellationToken);
        return (head, commit.Finished is not null);
    }

    private async Task LoadFilesAsync(LoadedBranch branch, string commit, bool isEmpty, CancellationToken cancellationToken)
    {
        if (isEmpty)
        {
            return;
        }

        var files = FileWalk.ListAllAsync(source, branch.Repo, branch.Head, cancellationToken)
            .Select(file => file.Path)
            .Where(path => !ledger.IsDone(branch, path));
        await Parallel.ForEachAsync(files, Options(cancellationToken), async (path, token) =>
        {
            using var content = new HashedContent(source.ReadFileAsync(branch.Repo, branch.Head, path, token));
            await target.PutFileAsync(branch.Repo, commit, path, content.ReadAsync(token), token);
            ledger.Add(branch, content.As(path));
            progress.Report(new StepProgress($"loading {branch}", ledger.Total.Bytes, Math.Max(ledger.Total.Bytes, totalBytes), StepProgress.BytesUnit));
        });
    }

    private async Task CheckFilesAsync(LoadedBranch branch, string commit, CancellationToken cancellationToken)
    {
        var files = ledger.FilesOf(branch);
        var read = 0;
        await Parallel.ForEachAsync(files, Options(cancellationToken), async (file, token) =>
        {
            using var content = new HashedContent(target.ReadFileAsync(branch.Repo, commit, file.Path, token));
            await foreach (var part in content.ReadAsync(token))
            {
                // Reading is enough: the content is hashed while it is read.
                _ = part;
            }

            ThrowIfDifferent(branch, file, content.As(file.Path));
            progress.Report(new StepProgress($"reading {branch} back", Interlocked.Increment(ref read), files.Length, "files"));
        });
    }

    private static void ThrowIfDifferent(LoadedBranch branch, LoadedFile expected, LoadedFile found)
    {
        if (found != expected)
        {
            throw new StepFailedException(
                $"the file {branch}:{expected.Path} has {expected.Bytes} bytes with SHA-256 {expected.Sha256} on the source, "
                    + $"but the target returns {found.Bytes} bytes with SHA-256 {found.Sha256}",
                "Do not use the target. Deploy it again on fresh metadata storage and resume the run. The source is complete.")
            { Kind = FailureKind.LossFound };
        }
    }
}
