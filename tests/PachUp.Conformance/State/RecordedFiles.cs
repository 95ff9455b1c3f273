using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PachUp.Conformance.Comparison;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Filling;

namespace PachUp.Conformance.State;

/// <summary>The files of commits as they were listed and read.</summary>
public sealed partial class RecordedFiles
{
    private readonly Dictionary<string, Dictionary<string, Pachyderm.Wire.Pfs.FileInfo>> _listed = [];
    private readonly List<(Pachyderm.Wire.Pfs.File File, byte[] Content)> _read = [];
    private readonly List<(Pachyderm.Wire.Pfs.File File, string Block)> _unreadable = [];

    /// <summary>Learns from one call.</summary>
    public void Learn(RecordedCall call, IReadOnlyList<IMessage> answer)
    {
        var request = call.Requests.Count == 1 ? MessageTypes.RequestOf(call.Method)?.ParseFrom(call.Requests[0]) : null;
        if (request is GetFileRequest { OffsetBytes: 0, SizeBytes: 0 } get)
            LearnRead(call, get.File, answer);

        foreach (var file in answer.OfType<Pachyderm.Wire.Pfs.FileInfo>().Concat(answer.OfType<FileInfos>().SelectMany(list => list.FileInfo)))
        {
            LearnListed(file);
        }
    }

    /// <summary>The files of all commits that are known.</summary>
    public IReadOnlyList<ListedCommit> Build(OrderedMessages<CommitInfo> commits, OrderedMessages<BranchInfo> branches)
    {
        var contents = _read.ToLookup(read => IdOf(read.File.Commit, branches));
        var unreadable = _unreadable.ToLookup(file => IdOf(file.File.Commit, branches));
        return
        [
            .. from id in _listed.Keys.Concat(contents.Select(read => read.Key)).Distinct()
               let commit = commits.Find(id)
               where commit is not null
               select new ListedCommit(commit, [.. _listed.GetValueOrDefault(id, []).Values], LastByPath(contents[id]), LastByPath(unreadable[id])),
        ];
    }

    private static string IdOf(Commit commit, OrderedMessages<BranchInfo> branches) =>
        branches.Find($"{commit.Repo.Name}/{commit.Id}")?.Head?.Id ?? commit.Id;

    private static Dictionary<string, T> LastByPath<T>(IEnumerable<(Pachyderm.Wire.Pfs.File File, T Found)> read) =>
        read.GroupBy(file => "/" + file.File.Path.TrimStart('/')).ToDictionary(file => file.Key, file => file.Last().Found);

    private void LearnRead(RecordedCall call, Pachyderm.Wire.Pfs.File file, IReadOnlyList<IMessage> answer)
    {
        if (call.Code == StatusCode.OK)
            _read.Add((file, [.. answer.OfType<BytesValue>().SelectMany(part => part.Value)]));
        else if (MissingBlock().Match(call.Message) is { Success: true } match)
            _unreadable.Add((file, match.Groups["block"].Value));
    }

    [GeneratedRegex("^open .*/block/(?<block>[0-9a-f]{32}): no such file")]
    private static partial Regex MissingBlock();

    /// <summary>A listing with all fields of a file is preferred to one without large fields.</summary>
    private void LearnListed(Pachyderm.Wire.Pfs.FileInfo file)
    {
        if (file.File?.Commit is null)
            return;

        if (!_listed.TryGetValue(file.File.Commit.Id, out var files))
            _listed[file.File.Commit.Id] = files = [];

        var path = "/" + file.File.Path.TrimStart('/');
        if (!files.TryGetValue(path, out var known) || known.Objects.Count + known.BlockRefs.Count == 0)
            files[path] = file;
    }
}
