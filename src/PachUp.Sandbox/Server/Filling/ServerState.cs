using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Server.Filling;

/// <summary>
/// What a server keeps, message by message as its calls show it: with the output that workers finished, jobs, objects and tags, all of which no
/// inventory has. Lists begin with the oldest.
/// </summary>
public sealed record ServerState
{
    /// <summary>Repos, that of the specs included.</summary>
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

    /// <summary>In which range of which block an object lies, by its hash, as far as that is known.</summary>
    public IReadOnlyDictionary<string, BlockRef> BlocksOfObjects { get; init; } = new Dictionary<string, BlockRef>();

    /// <summary>The hash of the object that each tag names.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The content of blocks, by their names.</summary>
    public IReadOnlyDictionary<string, byte[]> Blocks { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>
    /// Files of commits as they were listed and read. They stand in for trees that are not among the objects, and for the blocks that trees
    /// name.
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
