using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Server.Filling;

/// <summary>
/// The state of a server as its calls show it, message by message: also finished output, jobs, objects and tags, which no inventory has. All lists begin
/// with the oldest item.
/// </summary>
public sealed record ServerState
{
    /// <summary>Repos, including that of the specs.</summary>
    public IReadOnlyList<RepoInfo> Repos { get; init; } = [];

    /// <summary>Branches of all repos.</summary>
    public IReadOnlyList<BranchInfo> Branches { get; init; } = [];

    /// <summary>Commits of all repos.</summary>
    public IReadOnlyList<CommitInfo> Commits { get; init; } = [];

    /// <summary>Pipelines.</summary>
    public IReadOnlyList<PipelineInfo> Pipelines { get; init; } = [];

    /// <summary>Jobs of all pipelines.</summary>
    public IReadOnlyList<JobInfo> Jobs { get; init; } = [];

    /// <summary>Jobs that lists leave out, as an extract has them. They get new ids.</summary>
    public IReadOnlyList<CreateJobRequest> UnlistedJobs { get; init; } = [];

    /// <summary>The content of objects.</summary>
    public IReadOnlyList<byte[]> Objects { get; init; } = [];

    /// <summary>The range of a block where an object is, by the hash of the object, if it is known.</summary>
    public IReadOnlyDictionary<string, BlockRef> BlocksOfObjects { get; init; } = new Dictionary<string, BlockRef>();

    /// <summary>The hash of the object of each tag.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The content of blocks, by their names.</summary>
    public IReadOnlyDictionary<string, byte[]> Blocks { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>
    /// Files of commits as they were listed and read. They replace trees that are missing from the objects, and the blocks that trees name.
    /// </summary>
    public IReadOnlyList<ListedCommit> Files { get; init; } = [];
}

/// <summary>A commit whose files were listed.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Files">Its files and directories.</param>
/// <param name="Contents">The content of the files that were read, by their paths.</param>
/// <param name="MissingBlocks">The blocks that were missing for files that could not be read, by the paths of the files.</param>
public sealed record ListedCommit(
    CommitInfo Commit,
    IReadOnlyList<Pachyderm.Wire.Pfs.FileInfo> Files,
    IReadOnlyDictionary<string, byte[]> Contents,
    IReadOnlyDictionary<string, string> MissingBlocks);
