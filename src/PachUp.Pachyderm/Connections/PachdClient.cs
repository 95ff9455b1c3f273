using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Auth;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using Admin = PachUp.Pachyderm.Wire.Admin;
using Auth = PachUp.Pachyderm.Wire.Auth;
using Enterprise = PachUp.Pachyderm.Wire.Enterprise;
using Pfs = PachUp.Pachyderm.Wire.Pfs;
using Pps = PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Pachyderm.Connections;

/// <summary>
/// A connection to one pachd with the settings of pachctl: messages up to 20 MiB, and <c>authn-token</c> if access control is on. A failed call
/// throws a <see cref="PachdException"/> that names the server and what to check. Calls that only read, or that can safely be repeated, are repeated
/// for a limited time first. Listings are streams. Safe to use from several threads.
/// </summary>
public sealed class PachdClient : IAsyncDisposable
{
    /// <summary>The largest message that pachd sends or accepts, in bytes.</summary>
    public const int MaxMessageBytes = 20 * 1024 * 1024;

    /// <summary>What it calls itself in the header <c>user-agent</c> of its calls.</summary>
    public const string UserAgent = "pachup";

    private readonly PachdConnection _connection;
    private readonly ObjectConnection _objects;
    private readonly CallInvoker _invoker;
    private readonly PachdErrors _errors;
    private readonly PachdCalls _calls;
    private readonly Admin.API.APIClient _admin;
    private readonly Auth.API.APIClient _auth;
    private readonly Enterprise.API.APIClient _enterprise;
    private readonly Pfs.API.APIClient _pfs;
    private readonly Pps.API.APIClient _pps;

    private PachdClient(ClusterAddress address)
    {
        Address = address;
        _connection = new PachdConnection(address);
        _objects = new ObjectConnection(_connection, GetClusterIdAsync);
        _invoker = _connection.Invoker;
        _errors = _connection.Errors;
        _calls = _connection.Calls;
        _admin = new Admin.API.APIClient(_invoker);
        _auth = new Auth.API.APIClient(_invoker);
        _enterprise = new Enterprise.API.APIClient(_invoker);
        _pfs = new Pfs.API.APIClient(_invoker);
        _pps = new Pps.API.APIClient(_invoker);
    }

    /// <summary>The address of pachd.</summary>
    public ClusterAddress Address { get; }

    /// <summary>Creates a client. Nothing is sent yet.</summary>
    /// <param name="address">The address and time limits.</param>
    /// <exception cref="AddressException">The certificates of the address cannot be read.</exception>
    public static PachdClient Create(ClusterAddress address) => new(address);

    /// <summary>The release of the server. Every call asks the server, because another server may have taken over the address.</summary>
    public async Task<Release> GetReleaseAsync(CancellationToken cancellationToken = default)
    {
        var version = await _connection.AskVersionAsync(cancellationToken).ConfigureAwait(false);
        return Math.Max(version.Major, Math.Max(version.Minor, version.Micro)) <= int.MaxValue
            ? new Release((int)version.Major, (int)version.Minor, (int)version.Micro, version.Additional.TrimStart('-', '+'))
            : throw new PachdException(
                $"{Address} ({Address.Origin}) reports the impossible release {version.Major}.{version.Minor}.{version.Micro}. Check that the server is pachd.",
                PachdFailure.NotPachd);
    }

    /// <summary>The id of the cluster, which was created with its metadata storage. The same id means the same cluster.</summary>
    public async Task<string> GetClusterIdAsync(CancellationToken cancellationToken = default)
    {
        var cluster = await AskAsync(
            "say its cluster id", options => _admin.InspectClusterAsync(new Empty(), options), cancellationToken).ConfigureAwait(false);
        return cluster.Id;
    }

    /// <summary>The authenticated user; null if access control is not active.</summary>
    public async Task<string?> GetAuthenticatedUserAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var answer = await AskAsync(
                "say who we are", options => _auth.WhoAmIAsync(new WhoAmIRequest(), options), cancellationToken).ConfigureAwait(false);
            return answer.Username;
        }
        catch (PachdException e) when (PachdErrors.SaysThatAuthIsOff(e.Detail))
        {
            return null;
        }
    }

    /// <summary>The admins, by name: <c>github:alice</c>, <c>robot:ci</c>. Only if access control is active.</summary>
    public async Task<IReadOnlyList<string>> ListAdminsAsync(CancellationToken cancellationToken = default)
    {
        var answer = await CallAsync(
            "list the admins", options => _auth.GetAdminsAsync(new GetAdminsRequest(), options), cancellationToken).ConfigureAwait(false);
        return [.. answer.Admins.Order(StringComparer.Ordinal)];
    }

    /// <summary>The users of a repo with their scope (<c>reader</c>, <c>writer</c> or <c>owner</c>), by name. Only if access control is active.</summary>
    public async Task<IReadOnlyList<(string Subject, string Scope)>> ListRightsAsync(string repo, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(repo);
        var answer = await CallAsync(
            $"list the rights on repo \"{repo}\"",
            options => _auth.GetACLAsync(new GetACLRequest { Repo = repo }, options),
            cancellationToken).ConfigureAwait(false);
        return
        [
            .. answer.Entries.Concat(answer.RobotEntries)
                .Select(entry => (entry.Username, entry.Scope.ToString().ToLowerInvariant()))
                .OrderBy(right => right.Username, StringComparer.Ordinal),
        ];
    }

    /// <summary>The state of the enterprise features; null if they are not active.</summary>
    public async Task<EnterpriseState?> GetEnterpriseStateAsync(CancellationToken cancellationToken = default)
    {
        var answer = await CallAsync(
            "say whether the enterprise features are active",
            options => _enterprise.GetStateAsync(new Enterprise.GetStateRequest(), options),
            cancellationToken).ConfigureAwait(false);
        return answer.State == Enterprise.State.Active ? new EnterpriseState(answer.Info?.Expires?.ToDateTimeOffset()) : null;
    }

    /// <summary>All repos except <c>__spec__</c>, newest first.</summary>
    public async Task<IReadOnlyList<RepoInfo>> ListReposAsync(CancellationToken cancellationToken = default)
    {
        var answer = await CallAsync(
            "list the repos", options => _pfs.ListRepoAsync(new ListRepoRequest(), options), cancellationToken).ConfigureAwait(false);
        return answer.RepoInfo.All(repo => repo.Repo?.Name is { Length: > 0 })
            ? [.. answer.RepoInfo.Where(repo => repo.Repo.Name != Inventories.BranchName.SpecRepo)]
            : throw _errors.Incomplete("list the repos", "a repo without a name");
    }

    /// <summary>All branches of a repo.</summary>
    public async Task<IReadOnlyList<BranchInfo>> ListBranchesAsync(string repo, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(repo);
        var request = new ListBranchRequest { Repo = new Repo { Name = repo } };
        var answer = await CallAsync(
            $"list the branches of repo \"{repo}\"", options => _pfs.ListBranchAsync(request, options), cancellationToken).ConfigureAwait(false);
        return answer.BranchInfo;
    }

    /// <summary>All commits of a repo, newest first.</summary>
    public IAsyncEnumerable<CommitInfo> ListCommitsAsync(string repo, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(repo);
        var request = new ListCommitRequest { Repo = new Repo { Name = repo } };
        var what = $"list the commits of repo \"{repo}\"";
        return StreamAsync(what, options => _pfs.ListCommitStream(request, options), info => info.Commit?.Id ?? "", cancellationToken)
            .Select(info => info.Commit?.Id is { Length: > 0 } ? info : throw _errors.Incomplete(what, "a commit without an id"));
    }

    /// <summary>The current state of a commit.</summary>
    /// <param name="repo">The repo.</param>
    /// <param name="commitOrBranch">An id or a branch name.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<CommitInfo> InspectCommitAsync(string repo, string commitOrBranch, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(repo);
        ArgumentException.ThrowIfNullOrEmpty(commitOrBranch);
        var request = new InspectCommitRequest { Commit = new Commit { Repo = new Repo { Name = repo }, Id = commitOrBranch } };
        return CallAsync($"look at commit {repo}@{commitOrBranch}", options => _pfs.InspectCommitAsync(request, options), cancellationToken);
    }

    /// <summary>All pipelines with all their fields, newest first.</summary>
    public async Task<IReadOnlyList<PipelineInfo>> ListPipelinesAsync(CancellationToken cancellationToken = default)
    {
        var answer = await CallAsync(
            "list the pipelines", options => _pps.ListPipelineAsync(new ListPipelineRequest(), options), cancellationToken).ConfigureAwait(false);
        return answer.PipelineInfo;
    }

    /// <summary>Jobs that have not ended, of all versions of their pipelines.</summary>
    public async Task<IReadOnlyList<JobInfo>> ListUnfinishedJobsAsync(CancellationToken cancellationToken = default) =>
        await ListJobsAsync(cancellationToken).Where(job => !PachdJobs.HasEnded(job)).ToListAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>All jobs, of all versions of their pipelines, newest first.</summary>
    public IAsyncEnumerable<JobInfo> ListJobsAsync(CancellationToken cancellationToken = default) =>
        ListJobsAsync("list the jobs", new ListJobRequest(), cancellationToken);

    /// <summary>The jobs of an output commit: one job, or none if no worker has started yet.</summary>
    /// <param name="repo">The output repo.</param>
    /// <param name="commit">The id of the output commit.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public IAsyncEnumerable<JobInfo> ListJobsOfCommitAsync(string repo, string commit, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(repo);
        ArgumentException.ThrowIfNullOrEmpty(commit);
        var request = new ListJobRequest { OutputCommit = new Commit { Repo = new Repo { Name = repo }, Id = commit } };
        return ListJobsAsync($"list the jobs of commit {repo}@{commit}", request, cancellationToken);
    }

    /// <summary>The last lines of a pipeline's log, oldest first. The server reads them from the pods of the pipeline, so they exist only as long as the pods.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="lines">The largest number of lines for each pod.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async IAsyncEnumerable<string> ReadLogAsync(
        string pipeline, int lines, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(pipeline);
        var request = new GetLogsRequest { Pipeline = new Pipeline { Name = pipeline }, Tail = lines };
        var messages = _calls.StreamAsync($"read the log of pipeline \"{pipeline}\"", options => _pps.GetLogs(request, options), cancellationToken);
        await foreach (var message in messages.ConfigureAwait(false))
        {
            yield return $"{message.Ts?.ToDateTime():O} {message.JobId} {message.Message}".Trim();
        }
    }

    /// <summary>Stops a pipeline. If it is already stopped, nothing happens.</summary>
    public Task StopPipelineAsync(string pipeline, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(pipeline);
        var request = new StopPipelineRequest { Pipeline = new Pipeline { Name = pipeline } };
        return CallAsync($"stop pipeline \"{pipeline}\"", options => _pps.StopPipelineAsync(request, options), cancellationToken);
    }

    /// <summary>Starts a pipeline. If it is already running, nothing happens.</summary>
    public Task StartPipelineAsync(string pipeline, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(pipeline);
        var request = new StartPipelineRequest { Pipeline = new Pipeline { Name = pipeline } };
        return CallAsync($"start pipeline \"{pipeline}\"", options => _pps.StartPipelineAsync(request, options), cancellationToken);
    }

    /// <summary>
    /// The port through which objects and tags can be read, if there is one. The first call finds it, and it does not change during the life of the
    /// client.
    /// </summary>
    /// <exception cref="PachdException">The cluster does not answer, or the given peer port cannot be used. The message names it.</exception>
    public Task<ObjectAccess> FindObjectAccessAsync(CancellationToken cancellationToken = default) => _objects.FindAccessAsync(cancellationToken);

    /// <summary>Creates a pipeline. It is an error if the pipeline already exists.</summary>
    /// <param name="request">The pipeline, from <see cref="Inventories.PipelineSpecs.ToRequest"/>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task CreatePipelineAsync(CreatePipelineRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(request.Pipeline?.Name);
        return _calls.CallAsync($"create pipeline \"{request.Pipeline.Name}\"", options => _pps.CreatePipelineAsync(request, options), cancellationToken);
    }

    /// <summary>The hashes of all objects, in the order of the server. Releases before and after 1.9.6 answer with different messages; both are read.</summary>
    public async IAsyncEnumerable<string> ListObjectsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var release = await GetReleaseAsync(cancellationToken).ConfigureAwait(false);
        var hashes = ReleaseTraits.Of(release).ListsObjectInfos
            ? ListObjectsAsync(PachdMethods.ListObjectInfos, info => info.Object?.Hash ?? "", cancellationToken)
            : ListObjectsAsync(PachdMethods.ListObjects, found => found.Hash, cancellationToken);
        await foreach (var hash in hashes.ConfigureAwait(false))
        {
            yield return hash;
        }
    }

    /// <summary>All tags, each with the hash of its object.</summary>
    public async IAsyncEnumerable<(string Tag, string ObjectHash)> ListTagsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListTagsRequest { IncludeObject = true };
        var connection = await _objects.GetAsync(cancellationToken).ConfigureAwait(false);
        var objects = new ObjectAPI.ObjectAPIClient(connection.Invoker);
        var tags = connection.StreamAsync("list the tags", options => objects.ListTags(request, options), keyOf: null, cancellationToken);
        await foreach (var tag in tags.ConfigureAwait(false))
        {
            yield return (tag.Tag?.Name ?? throw connection.Errors.Incomplete("list the tags", "a tag without a name"), tag.Object?.Hash ?? "");
        }
    }

    /// <summary>Whether the server has an object.</summary>
    public async Task<bool> HasObjectAsync(string hash, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(hash);
        var request = new CheckObjectRequest { Object = new Pfs.Object { Hash = hash } };
        var answer = await CallObjectsAsync(
            $"look for object {hash}", (objects, options) => objects.CheckObjectAsync(request, options), cancellationToken).ConfigureAwait(false);
        return answer.Exists;
    }

    /// <summary>The size of an object in bytes. Its content is not read.</summary>
    public async Task<long> GetObjectSizeAsync(string hash, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(hash);
        var request = new Pfs.Object { Hash = hash };
        var answer = await CallObjectsAsync(
            $"look at object {hash}", (objects, options) => objects.InspectObjectAsync(request, options), cancellationToken).ConfigureAwait(false);
        return (long)(answer.BlockRef.Range.Upper - answer.BlockRef.Range.Lower);
    }

    /// <summary>The direct entries of a directory in a commit.</summary>
    /// <param name="repo">The repo.</param>
    /// <param name="commitOrBranch">An id or a branch name.</param>
    /// <param name="path">The directory, without escapes; <c>/</c> for the root.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public IAsyncEnumerable<Pfs.FileInfo> ListFilesAsync(
        string repo, string commitOrBranch, string path, CancellationToken cancellationToken = default) =>
        ListEntriesAsync(repo, commitOrBranch, path, withContent: false, cancellationToken);

    /// <summary>The direct entries of a directory, with the objects and blocks that hold their content.</summary>
    /// <param name="repo">The repo.</param>
    /// <param name="commitOrBranch">An id or a branch name.</param>
    /// <param name="path">The directory, without escapes; <c>/</c> for the root.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public IAsyncEnumerable<Pfs.FileInfo> ListFilesWithContentAsync(
        string repo, string commitOrBranch, string path, CancellationToken cancellationToken = default) =>
        ListEntriesAsync(repo, commitOrBranch, path, withContent: true, cancellationToken);

    private IAsyncEnumerable<Pfs.FileInfo> ListEntriesAsync(
        string repo, string commitOrBranch, string path, bool withContent, CancellationToken cancellationToken)
    {
        var directory = FileOf(repo, commitOrBranch, path);
        return StreamOfPathAsync(
            $"list the files of {repo}@{commitOrBranch}:{path}",
            directory,
            (file, options) => _pfs.ListFileStream(new ListFileRequest { File = file, Full = withContent }, options),
            info => info.File?.Path ?? "",
            cancellationToken);
    }

    /// <summary>The content of a file, in parts.</summary>
    /// <param name="repo">The repo.</param>
    /// <param name="commitOrBranch">An id or a branch name.</param>
    /// <param name="path">The path of the file, without escapes.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadFileAsync(
        string repo, string commitOrBranch, string path, CancellationToken cancellationToken = default)
    {
        var file = FileOf(repo, commitOrBranch, path);
        return StreamOfPathAsync(
            $"read the file {repo}@{commitOrBranch}:{path}",
            file,
            (pattern, options) => _pfs.GetFile(new GetFileRequest { File = pattern }, options),
            keyOf: null,
            cancellationToken).Select(part => part.Value.Memory);
    }

    /// <summary>Starts a commit on a branch and returns its id. The commit is open until <see cref="FinishCommitAsync"/>.</summary>
    public async Task<string> StartCommitAsync(string repo, string branch, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(repo);
        ArgumentException.ThrowIfNullOrEmpty(branch);
        var request = new StartCommitRequest { Parent = new Commit { Repo = new Repo { Name = repo } }, Branch = branch };
        var commit = await CallAsync(
            $"start a commit on {repo}@{branch}", options => _pfs.StartCommitAsync(request, options), cancellationToken).ConfigureAwait(false);
        return commit.Id;
    }

    /// <summary>Finishes an open commit.</summary>
    public Task FinishCommitAsync(string repo, string commit, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(repo);
        ArgumentException.ThrowIfNullOrEmpty(commit);
        var request = new FinishCommitRequest { Commit = new Commit { Repo = new Repo { Name = repo }, Id = commit } };
        return _connection.CallLongAsync($"finish commit {repo}@{commit}", options => _pfs.FinishCommitAsync(request, options), cancellationToken);
    }

    /// <summary>Finishes an open commit without files, as failed jobs do with their output.</summary>
    /// <param name="repo">The repo.</param>
    /// <param name="commit">The id of the commit.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task FinishEmptyCommitAsync(string repo, string commit, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(repo);
        ArgumentException.ThrowIfNullOrEmpty(commit);
        var request = new FinishCommitRequest { Commit = new Commit { Repo = new Repo { Name = repo }, Id = commit }, Empty = true };
        return CallAsync($"finish commit {repo}@{commit} without files", options => _pfs.FinishCommitAsync(request, options), cancellationToken);
    }

    /// <summary>Makes a commit the head of a branch.</summary>
    /// <param name="branch">The branch.</param>
    /// <param name="commit">The id of the commit.</param>
    /// <param name="provenance">The branches that it is computed from afterwards.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task SetBranchHeadAsync(Branch branch, string commit, IEnumerable<Branch> provenance, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(branch);
        ArgumentException.ThrowIfNullOrEmpty(commit);
        ArgumentNullException.ThrowIfNull(provenance);
        var request = new CreateBranchRequest { Head = new Commit { Repo = branch.Repo, Id = commit }, Branch = branch, Provenance = { provenance } };
        return CallAsync(
            $"make {commit} the head of branch {branch.Repo?.Name}@{branch.Name}", options => _pfs.CreateBranchAsync(request, options), cancellationToken);
    }

    /// <summary>Puts a file into an open commit. It replaces the file at that path.</summary>
    /// <param name="repo">The repo.</param>
    /// <param name="commit">The id of the commit.</param>
    /// <param name="path">The path of the file.</param>
    /// <param name="content">Its content, in parts. No parts mean an empty file.</param>
    /// <param name="cancellationToken">Stops the call. Then the file is not put.</param>
    public Task PutFileAsync(
        string repo, string commit, string path, IAsyncEnumerable<ReadOnlyMemory<byte>> content, CancellationToken cancellationToken = default) =>
        _calls.SendAsync(
            $"put the file {repo}@{commit}:{path}",
            options => _pfs.PutFile(options),
            PutFileRequests.Of(FileOf(repo, commit, path), content, cancellationToken),
            cancellationToken);

    /// <summary>Deletes a file or directory in an open commit. Earlier commits keep it.</summary>
    public Task DeleteFileAsync(string repo, string commit, string path, CancellationToken cancellationToken = default)
    {
        var request = new DeleteFileRequest { File = FileOf(repo, commit, path) };
        return CallAsync($"delete the file {repo}@{commit}:{path}", options => _pfs.DeleteFileAsync(request, options), cancellationToken);
    }

    /// <summary>Deletes a commit. Its children get its parent.</summary>
    public Task DeleteCommitAsync(string repo, string commit, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(repo);
        ArgumentException.ThrowIfNullOrEmpty(commit);
        var request = new DeleteCommitRequest { Commit = new Commit { Repo = new Repo { Name = repo }, Id = commit } };
        return _calls.CallAsync($"delete commit {repo}@{commit}", options => _pfs.DeleteCommitAsync(request, options), cancellationToken);
    }

    /// <summary>Runs fsck on the server, which checks its metadata: the errors; empty if there are none; null if the release has no fsck.</summary>
    /// <exception cref="PachdException">The call failed. Servers of 1.8.1 to 1.9.0 crash in fsck on some metadata.</exception>
    public async Task<IReadOnlyList<string>?> FsckAsync(CancellationToken cancellationToken = default)
    {
        var release = await GetReleaseAsync(cancellationToken).ConfigureAwait(false);
        return ReleaseTraits.Of(release).HasFsck ? await FindErrorsAsync(cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>The extract stream of the server. Operations keep their original bytes, except empty objects, which get the form that can be restored.</summary>
    /// <param name="includeObjects">Whether the stream includes objects and tags.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    /// <exception cref="MalformedOperationException">The server sent bytes that are not an operation.</exception>
    public IAsyncEnumerable<Operation> ExtractAsync(bool includeObjects, CancellationToken cancellationToken = default) =>
        ReadExtractAsync(includeObjects, cancellationToken).WithEmptyObjectsWhole(cancellationToken);

    private async IAsyncEnumerable<Operation> ReadExtractAsync(bool includeObjects, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ExtractRequest { NoObjects = !includeObjects };
        var messages = StreamAsync(
            "extract its state",
            options => _invoker.AsyncServerStreamingCall(PachdMethods.Extract, null, options, request),
            keyOf: null,
            cancellationToken);
        await foreach (var message in messages.ConfigureAwait(false))
        {
            yield return Operation.FromBytes(message);
        }
    }

    /// <summary>
    /// Sends operations in one <c>Restore</c> call and waits for the answer. The call is not atomic: the server keeps what it accepted before an
    /// error.
    /// </summary>
    /// <returns>The number of operations sent.</returns>
    /// <exception cref="PachdException">The server refused an operation or crashed. It does not report which operations arrived.</exception>
    public async Task<long> RestoreAsync(IAsyncEnumerable<Operation> operations, CancellationToken cancellationToken = default)
    {
        await GetReleaseAsync(cancellationToken).ConfigureAwait(false);
        return await _calls.SendAsync(
            "restore a state",
            options => _invoker.AsyncClientStreamingCall(PachdMethods.Restore, null, options),
            operations,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync()
    {
        _objects.Dispose();
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Pfs.File FileOf(string repo, string commitOrBranch, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(repo);
        ArgumentException.ThrowIfNullOrEmpty(commitOrBranch);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new Pfs.File { Commit = new Commit { Repo = new Repo { Name = repo }, Id = commitOrBranch }, Path = path };
    }

    /// <summary>A stream for one path of a commit. The server reads the path as a pattern, so special characters of its release are escaped.</summary>
    private async IAsyncEnumerable<T> StreamOfPathAsync<T>(
        string what,
        Pfs.File file,
        Func<Pfs.File, CallOptions, AsyncServerStreamingCall<T>> call,
        Func<T, string>? keyOf,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!PathEscapes.IsPlain(file.Path))
        {
            var release = await GetReleaseAsync(cancellationToken).ConfigureAwait(false);
            file.Path = PathEscapes.PatternOf(file.Path, ReleaseTraits.Of(release));
        }

        await foreach (var message in StreamAsync(what, options => call(file, options), keyOf, cancellationToken).ConfigureAwait(false))
        {
            yield return message;
        }
    }

    private async IAsyncEnumerable<JobInfo> ListJobsAsync(
        string what, ListJobRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var release = await GetReleaseAsync(cancellationToken).ConfigureAwait(false);
        request.History = ReleaseTraits.Of(release).ListsJobsByHistory ? PachdJobs.AllVersions : 0;
        var jobs = StreamAsync(what, options => _pps.ListJobStream(request, options), job => job.Job?.Id ?? "", cancellationToken);
        await foreach (var job in jobs.ConfigureAwait(false))
        {
            yield return job;
        }
    }

    private async IAsyncEnumerable<string> ListObjectsAsync<T>(
        Method<ListObjectsRequest, T> method, Func<T, string> hashOf, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var connection = await _objects.GetAsync(cancellationToken).ConfigureAwait(false);
        var found = connection.StreamAsync(
            "list the objects",
            options => connection.Invoker.AsyncServerStreamingCall(method, null, options, new ListObjectsRequest()),
            keyOf: null,
            cancellationToken);
        await foreach (var each in found.ConfigureAwait(false))
        {
            yield return hashOf(each);
        }
    }

    private async Task<List<string>> FindErrorsAsync(CancellationToken cancellationToken)
    {
        var errors = new List<string>();

        // fsck is not repeated: if it crashed the server, it would crash it again.
        var findings = _calls.StreamLongAsync(
            "check its metadata (fsck)",
            options => _invoker.AsyncServerStreamingCall(PachdMethods.Fsck, null, options, new FsckRequest()),
            cancellationToken);
        try
        {
            await foreach (var finding in findings.Where(finding => finding.Error.Length > 0).ConfigureAwait(false))
            {
                errors.Add(finding.Error.Trim());
            }
        }
        catch (PachdException e) when (e.Failure is PachdFailure.Refused)
        {
            // Early releases report the first error in this way.
            errors.Add(e.Detail.Trim());
        }

        return errors;
    }

    private Task<T> AskAsync<T>(string what, Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken) =>
        _connection.AskAsync(what, call, cancellationToken);

    private Task<T> CallAsync<T>(string what, Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken) =>
        _connection.CallAsync(what, call, cancellationToken);

    private async Task<T> CallObjectsAsync<T>(
        string what, Func<ObjectAPI.ObjectAPIClient, CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken)
    {
        var connection = await _objects.GetAsync(cancellationToken).ConfigureAwait(false);
        var objects = new ObjectAPI.ObjectAPIClient(connection.Invoker);
        return await connection.CallAsync(what, options => call(objects, options), cancellationToken).ConfigureAwait(false);
    }

    private IAsyncEnumerable<T> StreamAsync<T>(
        string what, Func<CallOptions, AsyncServerStreamingCall<T>> call, Func<T, string>? keyOf, CancellationToken cancellationToken) =>
        _connection.StreamAsync(what, call, keyOf, cancellationToken);
}
