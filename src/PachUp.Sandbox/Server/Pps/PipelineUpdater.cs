using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>
/// Gives a pipeline a new spec. During the update the output branch has no provenance, so that nothing is computed with the old inputs and the new spec.
/// A stopped pipeline stays stopped.
/// </summary>
internal sealed class PipelineUpdater(
    Pachd pachd, PipelineStore pipelines, OutputBranches outputs, CommitResolver resolver, CommitLists commits, CommitFinisher finisher)
{
    /// <param name="info">The new spec.</param>
    /// <param name="reprocess">Whether everything is computed again, on a separate line of commits.</param>
    public void Update(PipelineInfo info, bool reprocess)
    {
        CheckSpecIsFinished(info.Pipeline.Name);
        CutOff(info);
        Continue(info, pipelines.Inspect(info.Pipeline), reprocess);
        var state = info.Stopped ? PipelineState.PipelinePaused : PipelineState.PipelineStarting;
        pipelines.SetSpec(info, pipelines.WriteSpec(info), state);
        outputs.CreateTriggers(info);
        outputs.Create(info, keepsOutput: !reprocess && outputs.HasOutput(info), keepsStats: !reprocess && outputs.HasStats(info));
    }

    private void CheckSpecIsFinished(string name)
    {
        var spec = pachd.Metadata.InTransaction(() => resolver.Resolve(Refs.Commit(Refs.SpecRepo, name)));
        if (spec.Finished is null)
        {
            throw new PachdError(
                "the HEAD commit of this pipeline's spec branch is open. Either another CreatePipeline call is running or a previous "
                + "call crashed. If you're sure no other CreatePipeline commands are running, you can run 'pachctl update pipeline "
                + "--clean' which will delete this open commit");
        }
    }

    private void CutOff(PipelineInfo info)
    {
        try
        {
            outputs.SetProvenance(info, []);
        }
        catch (PachdError e) when (e.IsNotFound)
        {
            // The new spec names another output branch.
        }
        catch (PachdError e)
        {
            throw e.WithPrefix("could not recreate original output branch: rpc error: code = Unknown desc = ");
        }

        FinishOpenCommits(info);
    }

    // Newest first: if the oldest ended first, workers would start the next one.
    private void FinishOpenCommits(PipelineInfo info)
    {
        var name = info.Pipeline.Name;
        var request = new ListCommitRequest { Repo = Refs.Repo(name), To = Refs.Commit(name, info.OutputBranch) };
        foreach (var open in commits.List(request).Commits.Where(commit => commit.Finished is null).ToList())
        {
            finisher.Finish(new FinishCommitRequest { Commit = open.Commit, Empty = true });
        }
    }

    private static void Continue(PipelineInfo info, PipelineInfo before, bool reprocess)
    {
        if (before.EnableStats && !info.EnableStats)
            throw new PachdError($"pipeline {info.Pipeline.Name} update error: cannot disable stats");

        info.Version = before.Version + 1;
        info.Stopped = before.Stopped;
        info.Salt = reprocess ? info.Salt : before.Salt;
    }
}
