using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Pachyderm.Connections;

/// <summary>
/// A connection to one pachd, as pachctl has it: 20 MiB messages both ways, <c>authn-token</c> where access control is on. Every call
/// fails with a <see cref="PachdException"/> that names the server and what to check. Listings stream. Safe to use from several threads.
/// </summary>
public sealed class PachdClient : IAsyncDisposable
{
    /// <summary>The largest message that pachd sends or takes, in bytes.</summary>
    public const int MaxMessageBytes = 20 * 1024 * 1024;

    internal PachdClient(ClusterAddress address) => Address = address;

    /// <summary>Where it is connected to.</summary>
    public ClusterAddress Address { get; }

    /// <summary>How long a call that answers at once may take before it counts as unreachable. Streams have no limit.</summary>
    public static TimeSpan DefaultDeadline { get; } = TimeSpan.FromSeconds(15);

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="address">Where to connect to.</param>
    /// <param name="deadline">See <see cref="DefaultDeadline"/>.</param>
    public static PachdClient Create(ClusterAddress address, TimeSpan? deadline = null) => throw new NotImplementedException();

    /// <summary>The release of the server.</summary>
    public Task<Release> GetReleaseAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>The id that the cluster got when its metadata storage was created: the same id is the same cluster.</summary>
    public Task<string> GetClusterIdAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Who we are for the server's access control; null where access control is not active.</summary>
    public Task<string?> GetAuthenticatedUserAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>All repos but <c>__spec__</c>, newest first.</summary>
    public Task<IReadOnlyList<RepoInfo>> ListReposAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>All branches of a repo.</summary>
    public Task<IReadOnlyList<BranchInfo>> ListBranchesAsync(string repo, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>All commits of a repo, newest first.</summary>
    public IAsyncEnumerable<CommitInfo> ListCommitsAsync(string repo, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>All pipelines with all their fields, newest first.</summary>
    public Task<IReadOnlyList<PipelineInfo>> ListPipelinesAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Jobs that have not ended.</summary>
    public Task<IReadOnlyList<JobInfo>> ListUnfinishedJobsAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Stops a pipeline; harmless on one that is stopped.</summary>
    public Task StopPipelineAsync(string pipeline, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Starts a pipeline; harmless on one that runs.</summary>
    public Task StartPipelineAsync(string pipeline, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>The hashes of all objects, in the server's order. (The answer's message differs between 1.9.5 and 1.9.6; both are read.)</summary>
    public IAsyncEnumerable<string> ListObjectsAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>All tags with the hash of the object each names.</summary>
    public IAsyncEnumerable<(string Tag, string ObjectHash)> ListTagsAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Whether the server can find an object.</summary>
    public Task<bool> HasObjectAsync(string hash, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>What lies directly in a directory of a commit.</summary>
    /// <param name="repo">The repo.</param>
    /// <param name="commitOrBranch">An id or a branch name.</param>
    /// <param name="path">The directory; <c>/</c> for the root.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public IAsyncEnumerable<Wire.Pfs.FileInfo> ListFilesAsync(string repo, string commitOrBranch, string path, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>The content of a file, part by part.</summary>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadFileAsync(string repo, string commitOrBranch, string path, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Asks the server to check its metadata: the errors it found, empty where all is well, null where the release has no fsck.</summary>
    public Task<IReadOnlyList<string>?> FsckAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>The extract stream of the server, each operation as the bytes that came.</summary>
    /// <param name="includeObjects">Whether objects and tags are in it.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    public IAsyncEnumerable<Operation> ExtractAsync(bool includeObjects, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>
    /// Sends operations in one <c>Restore</c> call and waits for the answer. The call is not atomic: what the server took before an error
    /// stays.
    /// </summary>
    /// <returns>How many operations were sent.</returns>
    /// <exception cref="PachdException">The server refused one (it does not say which), or died. Nothing says which operations arrived.</exception>
    public Task<long> RestoreAsync(IAsyncEnumerable<Operation> operations, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
