using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>Finds the open output commits of running pipelines.</summary>
internal sealed class OpenOutputs(Pachd pachd, PipelineSpecs pipelines)
{
    /// <summary>The open output commits whose inputs are all finished, the oldest first. For each pipeline only those before the first that must wait.</summary>
    public IReadOnlyList<OutputCommit> Ready() => pachd.Metadata.InTransaction<IReadOnlyList<OutputCommit>>(() =>
    {
        var open = pachd.Metadata.OpenCommits.List().Reverse().ToLookup(commit => commit.Value.Repo.Name, commit => commit.Value.Id);
        return [.. pipelines.Running().Where(pipeline => open.Contains(pipeline.Pipeline.Name)).SelectMany(pipeline =>
            OutputsOf(pipeline, open[pipeline.Pipeline.Name]).TakeWhile(IsReady))];
    });

    private IEnumerable<OutputCommit> OutputsOf(PipelineInfo pipeline, IEnumerable<string> openIds) =>
        from id in openIds
        let info = pachd.Metadata.Commits(pipeline.Pipeline.Name).Find(id)
        where info is not null && IsOutput(info)
        let spec = SpecOf(info)
        where spec is not null && spec.Version == pipeline.Version
        select new OutputCommit(spec, info);

    // The commit of the statistics is computed from the output commit, which is in the same repo.
    private static bool IsOutput(CommitInfo info) => info.IsComputed() && info.ProvenantCommits().All(from => from.Repo.Name != info.Commit.Repo.Name);

    private PipelineInfo? SpecOf(CommitInfo info)
    {
        var branch = Refs.KeyOf(Refs.Branch(Refs.SpecRepo, info.Commit.Repo.Name));
        var spec = info.ProvenanceByBranch().FirstOrDefault(from => Refs.KeyOf(from.Branch) == branch).Commit;
        return spec is null ? null : pipelines.TryRead(spec);
    }

    private bool IsReady(OutputCommit output) => output.Info.ProvenantCommits().All(from => !pachd.Metadata.OpenCommits.Contains(from.Id));
}
