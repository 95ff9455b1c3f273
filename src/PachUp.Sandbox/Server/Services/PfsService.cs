using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Services;

/// <summary>Repos, commits, branches and files.</summary>
internal sealed class PfsService(
    Pachd pachd,
    Repos repos,
    Branches branches,
    CommitMaker maker,
    CommitFinisher finisher,
    CommitDeleter deleter,
    CommitLists lists,
    CommitWaiter waiter,
    FileReader reader,
    FileWriter writer,
    ConsistencyCheck fsck) : API.APIBase
{
    public override Task<Empty> CreateRepo(CreateRepoRequest request, ServerCallContext context) =>
        Done(() => repos.Create(request.Repo, request.Description, request.Update));

    public override Task<RepoInfo> InspectRepo(InspectRepoRequest request, ServerCallContext context) => Task.FromResult(repos.Inspect(request.Repo));

    public override Task<ListRepoResponse> ListRepo(ListRepoRequest request, ServerCallContext context) =>
        Task.FromResult(new ListRepoResponse { RepoInfo = { repos.List() } });

    public override Task<Empty> DeleteRepo(DeleteRepoRequest request, ServerCallContext context) =>
        Done(() =>
        {
            if (request.All)
                repos.DeleteAll(request.Force);
            else
                repos.Delete(request.Repo, request.Force);
        });

    public override Task<Commit> StartCommit(StartCommitRequest request, ServerCallContext context)
    {
        if (pachd.Traits.ChecksStartedBranches)
            NameRules.CheckIsNoId(request.Branch);

        return Task.FromResult(maker.Make(CommitRequests.Of(request)));
    }

    public override Task<Empty> FinishCommit(FinishCommitRequest request, ServerCallContext context) => Done(() => finisher.Finish(request));

    public override async Task<CommitInfo> InspectCommit(InspectCommitRequest request, ServerCallContext context) =>
        await waiter.InspectAsync(request.Commit, request.BlockState, context.CancellationToken);

    public override Task<CommitInfos> ListCommit(ListCommitRequest request, ServerCallContext context)
    {
        var (commits, error) = lists.List(request);
        return error is null ? Task.FromResult(new CommitInfos { CommitInfo = { commits } }) : throw error;
    }

    public override async Task ListCommitStream(ListCommitRequest request, IServerStreamWriter<CommitInfo> response, ServerCallContext context)
    {
        var (commits, error) = lists.List(request);
        await SendAsync(commits, response, context);
        if (error is not null)
            throw error;
    }

    public override Task<Empty> DeleteCommit(DeleteCommitRequest request, ServerCallContext context) => Done(() => deleter.Delete(request.Commit));

    public override Task FlushCommit(FlushCommitRequest request, IServerStreamWriter<CommitInfo> response, ServerCallContext context) =>
        SendAsync(waiter.FlushAsync(request, context.CancellationToken), response, context);

    public override Task SubscribeCommit(SubscribeCommitRequest request, IServerStreamWriter<CommitInfo> response, ServerCallContext context) =>
        SendAsync(waiter.SubscribeAsync(request, context.CancellationToken), response, context);

    public override Task<Commit> BuildCommit(BuildCommitRequest request, ServerCallContext context) => Task.FromResult(maker.Make(CommitRequests.Of(request)));

    public override Task<Empty> CreateBranch(CreateBranchRequest request, ServerCallContext context) => Done(() =>
    {
        NameRules.CheckIsNoId(request.Branch?.Name ?? "");
        branches.Create(request.Branch, request.Head, request.Provenance, pachd.Traits.Release.HasTriggers ? request.Trigger : null);
    });

    public override Task<BranchInfo> InspectBranch(InspectBranchRequest request, ServerCallContext context) => Task.FromResult(branches.Inspect(request.Branch));

    public override Task<BranchInfos> ListBranch(ListBranchRequest request, ServerCallContext context) =>
        Task.FromResult(new BranchInfos { BranchInfo = { branches.List(request.Repo, request.Reverse) } });

    public override Task<Empty> DeleteBranch(DeleteBranchRequest request, ServerCallContext context) => Done(() => branches.Delete(request.Branch, request.Force));

    /// <summary>Sends its empty answer even if it refused a file, as <c>Restore</c> does.</summary>
    public override async Task<Empty> PutFile(IAsyncStreamReader<PutFileRequest> requests, ServerCallContext context)
    {
        if (!await requests.MoveNext(context.CancellationToken))
            return pachd.Traits.PutsDeletions ? new Empty() : throw new PachdError("EOF");

        try
        {
            await new PutFileCall(pachd, writer).RunAsync(requests, context.CancellationToken);
        }
        catch (PachdError e)
        {
            context.Status = new Status(StatusCode.Unknown, e.Message);
        }

        return new Empty();
    }

    public override Task<Empty> CopyFile(CopyFileRequest request, ServerCallContext context) => Done(() => writer.Copy(request));

    public override Task GetFile(GetFileRequest request, IServerStreamWriter<BytesValue> response, ServerCallContext context) =>
        SendAsync(reader.Read(request).Select(part => new BytesValue { Value = ByteString.CopyFrom(part.Span) }), response, context);

    public override Task<Wire.FileInfo> InspectFile(InspectFileRequest request, ServerCallContext context) =>
        Task.FromResult(reader.Inspect(ServerCrash.IfNull(request.File)));

    public override Task<FileInfos> ListFile(ListFileRequest request, ServerCallContext context) =>
        Task.FromResult(new FileInfos { FileInfo = { reader.List(ServerCrash.IfNull(request.File), request.Full) } });

    public override Task ListFileStream(ListFileRequest request, IServerStreamWriter<Wire.FileInfo> response, ServerCallContext context) =>
        SendAsync(reader.List(ServerCrash.IfNull(request.File), request.Full), response, context);

    public override Task<FileInfos> GlobFile(GlobFileRequest request, ServerCallContext context) =>
        Task.FromResult(new FileInfos { FileInfo = { reader.Glob(request.Commit, request.Pattern) } });

    public override Task GlobFileStream(GlobFileRequest request, IServerStreamWriter<Wire.FileInfo> response, ServerCallContext context) =>
        SendAsync(reader.Glob(request.Commit, request.Pattern), response, context);

    public override Task WalkFile(WalkFileRequest request, IServerStreamWriter<Wire.FileInfo> response, ServerCallContext context) =>
        SendAsync(reader.Walk(ServerCrash.IfNull(request.File)), response, context);

    public override Task<DiffFileResponse> DiffFile(DiffFileRequest request, ServerCallContext context) => Task.FromResult(reader.Diff(request));

    public override Task<Empty> DeleteFile(DeleteFileRequest request, ServerCallContext context) => Done(() => writer.Delete(request.File));

    public override Task<Empty> DeleteAll(Empty request, ServerCallContext context) => Done(() => repos.DeleteAll(force: true));

    public override Task Fsck(FsckRequest request, IServerStreamWriter<FsckResponse> response, ServerCallContext context) =>
        SendAsync(fsck.FindErrors().Select(error => new FsckResponse { Error = error }), response, context);

    private static Task<Empty> Done(Action action)
    {
        action();
        return Task.FromResult(new Empty());
    }

    private static async Task SendAsync<T>(IEnumerable<T> messages, IServerStreamWriter<T> response, ServerCallContext context)
    {
        foreach (var message in messages)
        {
            await response.WriteAsync(message, context.CancellationToken);
        }
    }

    private static async Task SendAsync<T>(IAsyncEnumerable<T> messages, IServerStreamWriter<T> response, ServerCallContext context)
    {
        await foreach (var message in messages.WithCancellation(context.CancellationToken))
        {
            await response.WriteAsync(message, context.CancellationToken);
        }
    }
}
