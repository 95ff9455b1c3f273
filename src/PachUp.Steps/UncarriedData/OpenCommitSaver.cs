using System.Collections.Immutable;
using PachUp.Common.Files;
using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Files;
using PachUp.Verification.Records;

namespace PachUp.Steps.UncarriedData;

/// <summary>Saves the files of open commits. No extract contains them, and no release can restore them.</summary>
/// <param name="client">The source.</param>
/// <param name="runDirectory">The run directory.</param>
/// <param name="mostBytes">The largest number of bytes to keep.</param>
/// <param name="progress">Receives the number of bytes that were kept.</param>
internal sealed class OpenCommitSaver(PachdClient client, string runDirectory, long mostBytes, IProgress<StepProgress> progress)
{
    private readonly List<string> _problems = [];
    private long _kept;

    /// <summary>What could not be kept, and why.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The open commits of input repos, into which users put files. (Open output commits are computed again.)</summary>
    public static IEnumerable<ComparedCommit> OpenIn(ClusterInventory inventory) => inventory.Repos
        .Where(repo => inventory.FindPipeline(repo.Name) is null)
        .SelectMany(repo => repo.Commits.Where(commit => commit.IsOpen).Select(commit => new ComparedCommit(repo.Name, commit.Id)));

    public async Task<ImmutableArray<OpenCommitRecord>> KeepAsync(ClusterInventory inventory, CancellationToken cancellationToken)
    {
        var commits = ImmutableArray.CreateBuilder<OpenCommitRecord>();
        foreach (var commit in OpenIn(inventory))
        {
            commits.Add(new OpenCommitRecord(commit.Repo, commit.Id, await KeepAsync(commit, cancellationToken)));
        }

        return commits.ToImmutable();
    }

    private async Task<ImmutableArray<OpenCommitFile>> KeepAsync(ComparedCommit commit, CancellationToken cancellationToken)
    {
        var files = ImmutableArray.CreateBuilder<OpenCommitFile>();
        try
        {
            await foreach (var file in FileWalk.ListAllAsync(client, commit.Repo, commit.Id, cancellationToken))
            {
                files.Add(new OpenCommitFile(file.Path, file.SizeBytes, await TryKeepAsync(commit, file, files.Count, cancellationToken)));
            }
        }
        catch (PachdException e) when (e.Failure is PachdFailure.Refused or PachdFailure.Unimplemented)
        {
            _problems.Add($"files of open commit {commit}: {e.Detail}");
        }

        return files.ToImmutable();
    }

    private async Task<string?> TryKeepAsync(ComparedCommit commit, CommitFile file, int number, CancellationToken cancellationToken)
    {
        if (_kept + file.SizeBytes > mostBytes)
        {
            _problems.Add($"file {commit}:{file.Path}: not kept, because its {Words.Bytes(file.SizeBytes)} exceed the limit of {Words.Bytes(mostBytes)}");
            return null;
        }

        var path = PlaceOf(commit, file, number);
        PrivateDirectory.Create(Path.GetDirectoryName(Path.Combine(runDirectory, path))!);
        await PrivateFile.ReplaceAsync(Path.Combine(runDirectory, path), async copy =>
        {
            await foreach (var part in client.ReadFileAsync(commit.Repo, commit.Id, file.Path, cancellationToken))
            {
                await copy.WriteAsync(part, cancellationToken);
                _kept += part.Length;
                progress.Report(new StepProgress("keeping files of open commits", _kept, Unit: StepProgress.BytesUnit));
            }
        });
        return path;
    }

    /// <summary>The path to save a file under: its own path if that stays inside the commit's folder, otherwise a number.</summary>
    private string PlaceOf(ComparedCommit commit, CommitFile file, int number)
    {
        var folder = Path.Combine(RecordFiles.OpenCommits, FileNames.Of(commit.ToString()));
        var root = Path.GetFullPath(Path.Combine(runDirectory, folder)) + Path.DirectorySeparatorChar;
        var named = Path.GetFullPath(Path.Combine(root, file.Path.TrimStart('/')));
        return named.StartsWith(root, StringComparison.Ordinal) && named.Length > root.Length
            ? Path.GetRelativePath(runDirectory, named)
            : Path.Combine(folder, $"file-{number}");
    }
}
