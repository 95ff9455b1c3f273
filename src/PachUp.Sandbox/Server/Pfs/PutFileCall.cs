using Grpc.Core;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>
/// One <c>PutFile</c> call. A message with a file begins a file; a message without one continues it. All files of a call go into one commit.
/// </summary>
internal sealed class PutFileCall(Pachd pachd, FileWriter writer)
{
    private readonly List<(string Path, PutFileRecords Records)> _files = [];
    private FileWriter.Target? _target;
    private Commit? _commit;
    private PutFileRequest? _file;
    private FileContent? _content;

    /// <param name="requests">The messages; the first one has been read.</param>
    /// <param name="cancellationToken">Stops the call. No file is put.</param>
    public async Task RunAsync(IAsyncStreamReader<PutFileRequest> requests, CancellationToken cancellationToken)
    {
        do
        {
            if (requests.Current.Delete && pachd.Traits.PutsDeletions)
            {
                DeleteFile(requests.Current.File);
                continue;
            }

            if (requests.Current.File is not null)
                BeginFile(requests.Current);

            ServerCrash.IfNull(_content).Append(requests.Current.Value.Memory);
        }
        while (await requests.MoveNext(cancellationToken));

        EndFile();
        if (_target is not null)
            writer.Put(_target, _files);
    }

    private void DeleteFile(Wire.File? file)
    {
        EndFile();
        CheckCommit(Refs.CommitOf(file));
        _files.Add((file!.Path, new PutFileRecords { Tombstone = true }));
    }

    private void BeginFile(PutFileRequest request)
    {
        EndFile();
        CheckCommit(Refs.CommitOf(request.File));
        if (request.Url.Length > 0)
            throw new PachdError($"error parsing url {request.Url}: the sandbox reads nothing from other servers");

        var isSplit = request.Delimiter is not Delimiter.None;
        if (!isSplit && (request.TargetFileBytes != 0 || request.TargetFileDatums != 0 || request.HeaderRecords != 0))
        {
            throw new PachdError(
                "cannot set split options--targetFileBytes, targetFileDatums, or headerRecords--with delimiter == NONE, split disabled");
        }

        TreePaths.Validate(request.File.Path, pachd.Traits.Globs);
        _file = request;
        _content = isSplit ? new SplitContent(pachd.Objects, request) : new WholeContent(pachd.Objects, request.OverwriteIndex);
    }

    private void CheckCommit(Commit commit)
    {
        if (_commit is null)
        {
            _commit = commit;
            _target = writer.FindTarget(commit);
        }
        else if (_commit.Id != commit.Id)
        {
            throw new PachdError($"all requests in a 'PutFile' call must have the same commit ID; expected '{_commit.Id}', got '{commit.Id}'");
        }
        else if (_commit.Repo.Name != commit.Repo.Name)
        {
            throw new PachdError($"all requests in a 'PutFile' call must have the same repo name; expected '{_commit.Repo.Name}', got '{commit.Repo.Name}'");
        }
    }

    private void EndFile()
    {
        if (_file is not null)
            _files.Add((_file.File.Path, _content!.End()));

        _file = null;
    }
}
