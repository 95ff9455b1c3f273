using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PachUp.Conformance.Comparison;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Filling;

namespace PachUp.Conformance.State;

/// <summary>
/// Builds the state of a recorded server from its answers, since no recorded call shows what workers wrote. Later answers replace earlier ones.
/// </summary>
/// <param name="comparer">Reads recorded answers.</param>
public sealed class RecordedState(AnswerComparer comparer)
{
    private readonly OrderedMessages<RepoInfo> _repos = new(repo => repo.Repo.Name);
    private readonly OrderedMessages<BranchInfo> _branches = new(branch => $"{branch.Branch.Repo.Name}/{branch.Branch.Name}");
    private readonly OrderedMessages<CommitInfo> _commits = new(commit => commit.Commit.Id);
    private readonly OrderedMessages<PipelineInfo> _pipelines = new(pipeline => pipeline.Pipeline.Name);
    private readonly OrderedMessages<JobInfo> _jobs = new(job => job.Job.Id);
    private readonly RecordedExtract _extract = new();
    private readonly RecordedStorage _storage = new();
    private readonly RecordedFiles _files = new();

    /// <summary>The ids of the jobs that were seen.</summary>
    public IEnumerable<string> JobIds => _jobs.Keys;

    /// <summary>Learns from calls, in the order in which they were answered.</summary>
    public RecordedState Learn(IEnumerable<RecordedCall> calls)
    {
        foreach (var call in calls)
        {
            var answer = comparer.AnswerOf(call);
            LearnLists(answer);
            _extract.Learn(call, answer);
            _storage.Learn(call, answer);
            _files.Learn(call, answer);
        }

        return this;
    }

    /// <summary>The whole state that is known.</summary>
    public ServerState Build() => Storage() with
    {
        Repos = [.. _repos.OldestFirst().OrderBy(repo => repo.Created.ToDateTimeOffset()).Prepend(SpecRepo())],
        Branches = _extract.InOrder(_branches.OldestFirst()),
        Commits = [.. _commits.OldestFirst().OrderBy(commit => commit.Started.ToDateTimeOffset())],
        Pipelines = [.. _pipelines.OldestFirst().OrderBy(pipeline => pipeline.CreatedAt.ToDateTimeOffset())],
        Jobs = [.. _jobs.OldestFirst()],
        UnlistedJobs = [.. _extract.OtherJobs(_jobs.OldestFirst())],
    };

    /// <summary>What workers did: the known output commits, jobs and pipelines.</summary>
    public ServerState WorkOfWorkers() => Storage() with
    {
        Commits = [.. _commits.OldestFirst().Where(WasComputed).OrderBy(commit => commit.Started.ToDateTimeOffset())],
        Pipelines = _pipelines.OldestFirst(),
        Jobs = _jobs.OldestFirst(),
    };

    /// <summary>The content of the storage: objects, tags and blocks, and the trees of commits whose files were listed.</summary>
    public ServerState Storage() => _storage.Build() with { Files = _files.Build(_commits, _branches) };

    /// <summary>Whether a commit was computed by a pipeline.</summary>
    public static bool WasComputed(CommitInfo commit) => commit.Provenance.Count + commit.ProvenanceUntil187.Count > 0;

    private RepoInfo SpecRepo()
    {
        var spec = _repos.Find("__spec__") ?? new RepoInfo { Repo = new Repo { Name = "__spec__" }, Created = new Timestamp() };
        _repos.Remove("__spec__");
        return spec;
    }

    private void LearnLists(IReadOnlyList<IMessage> answer)
    {
        List<IMessage> messages = answer switch
        {
            [ListRepoResponse list] => [.. list.RepoInfo],
            [BranchInfos list] => [.. list.BranchInfo],
            [CommitInfos list] => [.. list.CommitInfo],
            [PipelineInfos list] => [.. list.PipelineInfo],
            [JobInfos list] => [.. list.JobInfo],
            _ => [.. answer],
        };
        _repos.Learn(messages.OfType<RepoInfo>());
        _branches.Learn(messages.OfType<BranchInfo>());
        _commits.Learn(messages.OfType<CommitInfo>());
        _pipelines.Learn(messages.OfType<PipelineInfo>());
        _jobs.Learn(messages.OfType<JobInfo>());
    }
}
