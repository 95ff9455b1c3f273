using Grpc.Core;
using PachUp.Conformance.Comparison;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Conformance.State;

/// <summary>
/// Finds the last call of a recording before workers ran: the last one whose answer shows an open commit that workers finished later, lists no job
/// although there are jobs later, or is an error although the same call succeeds later.
/// </summary>
public sealed class WorkersStart
{
    /// <param name="comparer">Reads recorded answers.</param>
    /// <param name="calls">The whole recording.</param>
    public WorkersStart(AnswerComparer comparer, IReadOnlyList<RecordedCall> calls)
    {
        var answers = calls.Select(call => (Call: call, Answer: comparer.AnswerOf(call))).ToList();
        var commits = answers.SelectMany(answer => answer.Answer.SelectMany(CommitsIn).Select(commit => (answer.Call.Sequence, Commit: commit))).ToList();
        var finished = commits.Where(seen => seen.Commit.Finished is not null && RecordedState.WasComputed(seen.Commit))
            .Select(seen => seen.Commit.Commit.Id).ToHashSet();
        var jobLists = answers.Where(answer => ListsAllJobs(answer.Call))
            .Select(answer => (answer.Call.Sequence, answer.Answer.SelectMany(JobsIn).ToList().Count)).ToList();
        var succeeded = calls.Where(call => call.Code == StatusCode.OK).GroupBy(KeyOf).ToDictionary(same => same.Key, same => same.Max(call => call.Sequence));
        List<int> before =
        [
            .. calls.Where(call => call.Code == StatusCode.Unknown && succeeded.GetValueOrDefault(KeyOf(call)) > call.Sequence).Select(call => call.Sequence),
            .. commits.Where(seen => seen.Commit.Finished is null && finished.Contains(seen.Commit.Commit.Id)).Select(seen => seen.Sequence),
            .. jobLists.Where(list => list.Count == 0 && jobLists[^1].Count > 0).Select(list => list.Sequence),
        ];
        DidWorkLater = before.Count > 0;
        LastCall = before.DefaultIfEmpty().Max();
    }

    /// <summary>Whether workers ran during the recording.</summary>
    public bool DidWorkLater { get; }

    /// <summary>The number of the last call before they ran.</summary>
    public int LastCall { get; }

    private static string KeyOf(RecordedCall call) => $"{call.Method} {string.Join(' ', call.Requests.Select(Convert.ToBase64String))}";

    private static bool ListsAllJobs(RecordedCall call) =>
        call is { Method: "/pps.API/ListJob" or "/pps.API/ListJobStream", Requests: [{ Length: 0 }] };

    private static IEnumerable<CommitInfo> CommitsIn(Google.Protobuf.IMessage message) => message switch
    {
        CommitInfo commit => [commit],
        CommitInfos list => list.CommitInfo,
        _ => [],
    };

    private static IEnumerable<JobInfo> JobsIn(Google.Protobuf.IMessage message) => message switch
    {
        JobInfo job => [job],
        JobInfos list => list.JobInfo,
        _ => [],
    };
}
