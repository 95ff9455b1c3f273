using System.Security.Cryptography;
using PachUp.Common.Disks;
using PachUp.Common.Files;
using PachUp.Pachyderm.Archives;
using PachUp.Sdk;
using PachUp.Verification.Backups;
using PachUp.Verification.Records;

namespace PachUp.Steps.Extracting;

/// <summary>
/// The backup that a run writes: an archive and the files beside it. A plan may choose any path, because a backup belongs on another disk, so the backup
/// of another run may be there. The journal has the hash of each file before the file gets its name. A file with another hash is not of this run, and is
/// neither replaced nor deleted.
/// </summary>
internal sealed class OwnBackup
{
    private const string FilesNamed = "backup-files";

    private readonly string _archive;
    private readonly IStepExecution _execution;

    /// <summary>The files of this run that are there already, and what they looked like when that was proved.</summary>
    private readonly Dictionary<string, (long Length, DateTime Written)> _proved = [];

    private OwnBackup(string archive, IStepExecution execution) => (_archive, _execution) = (archive, execution);

    /// <summary>The id of a run, which the manifest of its archive names.</summary>
    public static string RunOf(IStepExecution execution) => Path.GetFileName(execution.RunDirectory);

    /// <summary>The full path for a preview; a path with unresolved look-ups is unchanged.</summary>
    public static string Shown(string path) => path.Contains("${", StringComparison.Ordinal) ? path : Path.GetFullPath(path);

    /// <summary>The archive that a killed process of the run left incomplete; null if there is none.</summary>
    public static string? FindIncomplete(string path, IStepExecution execution) =>
        PrivateFile.PartialName(Path.GetFullPath(path), RunOf(execution)) is var partial && File.Exists(partial) ? partial : null;

    /// <summary>Makes sure that the run may write its backup to a path.</summary>
    /// <exception cref="StepFailedException">A file exists there that this run did not write, or another run is writing one.</exception>
    public static async Task<OwnBackup> ClaimAsync(string path, IStepExecution execution, CancellationToken cancellationToken)
    {
        var backup = new OwnBackup(Path.GetFullPath(path), execution);
        ForeignBackup.ThrowIfBegun(backup._archive, RunOf(execution));
        foreach (var file in BackupFiles.Beside(backup._archive).Prepend(backup._archive).Where(Exists))
        {
            await backup.ProveAsync(file, cancellationToken);
        }

        if (RunArchive.TryRead(execution.RunDirectory)?.Path != backup._archive)
        {
            new RunArchive(backup._archive).Write(execution.RunDirectory);
        }

        return backup;
    }

    /// <summary>Starts files of the backup.</summary>
    public NewFiles StartFiles() => new(RunOf(_execution));

    /// <summary>Gives complete files their names: first their hashes go into the journal, then the earlier backup of this run is removed.</summary>
    /// <param name="files">The files.</param>
    /// <param name="manifest">The manifest of the archive, if the archive is one of them.</param>
    /// <param name="cancellationToken">Stops before anything is renamed.</param>
    /// <exception cref="StepFailedException">Another file has one of the names.</exception>
    public async Task GiveNamesAsync(NewFiles files, ArchiveManifest? manifest, CancellationToken cancellationToken)
    {
        var hashes = new List<(string, string)>();
        foreach (var path in files.Paths)
        {
            hashes.Add((Path.GetFileName(path), path == _archive ? manifest!.Sha256 : await HashAsync(files.PartialNameOf(path), cancellationToken)));
        }

        _execution.Record(new Checkpoint(FilesNamed) { Facts = NamedValues.Of([.. hashes]) });
        if (manifest is null)
        {
            await GiveNamesAsync(files);
            return;
        }

        await DeleteAsync();
        await GiveNamesAsync(files);
        new RunArchive(_archive, manifest.Sha256, manifest.Bytes).Write(_execution.RunDirectory);
    }

    /// <summary>Deletes what this run has written.</summary>
    /// <exception cref="StepFailedException">A file was replaced since the step began.</exception>
    public async Task DeleteAsync()
    {
        foreach (var (file, before) in _proved.ToList())
        {
            if (Exists(file) && LookOf(file) != before)
            {
                throw await ForeignBackup.FoundAsync(file, _archive);
            }

            PrivateFile.Delete(file);
            _proved.Remove(file);
        }
    }

    private async Task GiveNamesAsync(NewFiles files)
    {
        var paths = files.Paths.ToList();
        try
        {
            files.GiveNames();
        }
        catch (NameTakenException e)
        {
            throw await ForeignBackup.FoundAsync(e.Path, _archive);
        }

        paths.ForEach(path => _proved[path] = LookOf(path));
    }

    private async Task ProveAsync(string file, CancellationToken cancellationToken)
    {
        var look = LookOf(file);
        var ours = _execution.Checkpoints
            .Where(checkpoint => checkpoint.Kind == FilesNamed)
            .Select(checkpoint => checkpoint.Facts.GetValueOrDefault(Path.GetFileName(file)))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        if (PrivateFile.IsLink(file) || ours.Count == 0 || !ours.Contains(await HashAsync(file, cancellationToken)))
        {
            throw await ForeignBackup.FoundAsync(file, _archive);
        }

        _proved[file] = look;
    }

    private async Task<string> HashAsync(string file, CancellationToken cancellationToken)
    {
        _execution.Progress.Report(new StepProgress($"computing the hash of {Path.GetFileName(file)}"));
        await using var content = ReadFile.Open(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }

    private static bool Exists(string file) => Path.Exists(file) || PrivateFile.IsLink(file);

    private static (long Length, DateTime Written) LookOf(string file) => new FileInfo(file) is { Exists: true } info ? (info.Length, info.LastWriteTimeUtc) : default;
}
