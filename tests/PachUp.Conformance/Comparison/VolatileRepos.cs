using Google.Protobuf;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Conformance.Comparison;

/// <summary>
/// The repos whose content differs from run to run: <c>__spec__</c>, since a spec holds a random salt and its creation time, and the repos of cron inputs
/// that start at their creation, since a tick is a file with its time as name or content. The number of ticks in a long answer, such as an extract, differs
/// as well.
/// </summary>
public sealed class VolatileRepos
{
    private const string SpecRepo = "__spec__";

    private readonly HashSet<string> _unknownRepos = [];
    private readonly HashSet<string> _cronRepos = [];
    private readonly HashSet<string> _cronReposWithoutStart = [];
    private readonly HashSet<string> _tickedRepos = [];
    private readonly Dictionary<string, HashSet<string>> _cronReposOfPipelines = [];

    /// <summary>Whether a cron pipeline ticked in any message seen.</summary>
    public bool HaveTicked => _tickedRepos.Count > 0;

    /// <summary>Marks a repo whose recorded content is not known.</summary>
    public void AddUnknown(string repo) => _unknownRepos.Add(repo);

    /// <summary>Finds cron inputs and ticks in a message.</summary>
    public void Learn(IMessage message)
    {
        switch (message)
        {
            case CreatePipelineRequest { Input: { } input } request:
                LearnPipeline(request.Pipeline?.Name ?? "", input);
                _cronReposWithoutStart.UnionWith(CronReposOf(request.Pipeline?.Name ?? "", input, cron => cron.Start is null));
                break;
            case PipelineInfo { Input: { } input } pipeline:
                LearnPipeline(pipeline.Pipeline?.Name ?? "", input);
                break;
            case CommitInfo or BranchInfo { Head: not null } when RepoOfMessage.Find(message) is { } repo && _cronRepos.Contains(repo):
                _tickedRepos.Add(repo);
                break;
        }

        foreach (var child in RepoOfMessage.Children(message))
        {
            Learn(child);
        }
    }

    /// <summary>Whether a repo is one of a cron input.</summary>
    public bool IsOfCron(string repo) => _cronRepos.Contains(repo);

    /// <summary>Whether a message is about content of one of these repos.</summary>
    public bool IsAbout(IMessage message) =>
        RepoOfMessage.Find(message) is { } repo
        && (repo == SpecRepo || _cronReposWithoutStart.Contains(repo) || _unknownRepos.Contains(repo));

    /// <summary>Whether a message is about a repo with ticks or with commits that are computed from ticks, whose number depends on the time.</summary>
    public bool IsAboutTicking(IMessage message) => RepoOfMessage.Find(message) is { } repo && IsTicking(repo);

    /// <summary>Whether a request asks for a file of the spec repo, which holds a serialized pipeline.</summary>
    public static bool IsSpecFile(IMessage request) => request is GetFileRequest { File.Commit.Repo.Name: SpecRepo };

    private bool IsTicking(string repo) =>
        _tickedRepos.Contains(repo) || (_cronReposOfPipelines.TryGetValue(repo, out var cronRepos) && _tickedRepos.Overlaps(cronRepos));

    private void LearnPipeline(string pipeline, Input input)
    {
        var repos = CronReposOf(pipeline, input, _ => true).ToHashSet();
        if (repos.Count > 0)
        {
            _cronRepos.UnionWith(repos);
            _cronReposOfPipelines[pipeline] = repos;
        }
    }

    private static IEnumerable<string> CronReposOf(string pipeline, Input input, Func<CronInput, bool> isWanted)
    {
        if (input.Cron is { } cron && isWanted(cron))
        {
            yield return cron.Repo.Length > 0 ? cron.Repo : $"{pipeline}_{cron.Name}";
        }

        foreach (var repo in input.Cross.Concat(input.Union).Concat(input.Join).SelectMany(part => CronReposOf(pipeline, part, isWanted)))
        {
            yield return repo;
        }
    }
}
