using System.Collections.Immutable;
using System.Globalization;
using PachUp.Sdk;

namespace PachUp.Steps.Reloading;

/// <summary>
/// The journal's record of the files that a reload has loaded. Each file is recorded when the server has acknowledged it. Thread-safe. For a target
/// that was deployed again the record is empty.
/// </summary>
internal sealed class ReloadLedger
{
    private const string File = "file-loaded";
    private const string Branch = "branch-loaded";
    private const string ClusterFact = "cluster";
    private const string BranchFact = "branch";
    private const string PathFact = "path";
    private const string BytesFact = "bytes";
    private const string Sha256Fact = "sha256";

    private readonly IStepExecution _execution;
    private readonly string _clusterId;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _branches;
    private readonly Dictionary<(string Branch, string Path), LoadedFile> _files;

    /// <param name="execution">The step that reloads.</param>
    /// <param name="clusterId">The id of the target.</param>
    public ReloadLedger(IStepExecution execution, string clusterId)
    {
        (_execution, _clusterId) = (execution, clusterId);
        var known = execution.Checkpoints.Where(entry => entry.Facts.GetValueOrDefault(ClusterFact) == clusterId).ToList();
        _branches = known.Where(entry => entry.Kind == Branch).Select(entry => entry.Facts[BranchFact]).ToHashSet(StringComparer.Ordinal);
        _files = known.Where(entry => entry.Kind == File).ToDictionary(entry => (entry.Facts[BranchFact], entry.Facts[PathFact]), FileOf);
    }

    /// <summary>How many files were loaded, and their total size in bytes.</summary>
    public (long Files, long Bytes) Total
    {
        get
        {
            lock (_lock)
            {
                return (_files.Count, _files.Values.Sum(file => file.Bytes));
            }
        }
    }

    /// <summary>Whether all files of a branch were loaded and checked.</summary>
    public bool IsDone(LoadedBranch branch) => _branches.Contains(branch.ToString());

    /// <summary>Whether a file was loaded.</summary>
    public bool IsDone(LoadedBranch branch, string path)
    {
        lock (_lock)
        {
            return _files.ContainsKey((branch.ToString(), path));
        }
    }

    /// <summary>The files of a branch that were loaded.</summary>
    public ImmutableArray<LoadedFile> FilesOf(LoadedBranch branch)
    {
        lock (_lock)
        {
            return [.. _files.Where(file => file.Key.Branch == branch.ToString()).Select(file => file.Value)];
        }
    }

    /// <summary>Records that the server acknowledged a file.</summary>
    public void Add(LoadedBranch branch, LoadedFile file)
    {
        lock (_lock)
        {
            _execution.Record(CheckpointOf(
                File, branch, (PathFact, file.Path), (BytesFact, file.Bytes.ToString(CultureInfo.InvariantCulture)), (Sha256Fact, file.Sha256)));
            _files[(branch.ToString(), file.Path)] = file;
        }
    }

    /// <summary>Records that all files of a branch were loaded and checked.</summary>
    public void Complete(LoadedBranch branch)
    {
        lock (_lock)
        {
            _execution.Record(CheckpointOf(Branch, branch));
            _branches.Add(branch.ToString());
        }
    }

    private Checkpoint CheckpointOf(string kind, LoadedBranch branch, params IEnumerable<(string Name, string Value)> facts) =>
        new(kind) { Facts = NamedValues.Of([(ClusterFact, _clusterId), (BranchFact, branch.ToString()), .. facts]) };

    private static LoadedFile FileOf(Checkpoint entry) =>
        new(entry.Facts[PathFact], long.Parse(entry.Facts[BytesFact], CultureInfo.InvariantCulture), entry.Facts[Sha256Fact]);
}

/// <summary>A loaded file, as it was read from the source.</summary>
/// <param name="Path">Its path, from the root.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">SHA-256 of its content, in lower-case hex digits.</param>
internal sealed record LoadedFile(string Path, long Bytes, string Sha256);
