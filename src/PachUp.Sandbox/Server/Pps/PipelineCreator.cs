using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>Creates pipelines. The steps are transactions of their own, as in the real server: what was made before a failing one stays.</summary>
internal sealed class PipelineCreator(
    Pachd pachd,
    PpsTraits traits,
    PipelineStore pipelines,
    PipelineDefaults defaults,
    PipelineRules rules,
    PipelineUpdater updater,
    OutputBranches outputs,
    Repos repos,
    CommitResolver resolver,
    CommitDeleter deleter)
{
    public void Create(CreatePipelineRequest request)
    {
        rules.Check(request);
        var info = InfoOf(request);
        defaults.Fill(info);
        rules.Check(info);
        CreateInputRepos(info);
        PipelineInputs.Sort(info.Input);
        if (request.Update && (pipelines.Exists(info.Pipeline.Name) || !traits.UpdateCreates))
            updater.Update(info, request.Reprocess);
        else
            CreateNew(info, request.SpecCommit);
    }

    private void CreateNew(PipelineInfo info, Commit? restoredSpec)
    {
        var name = info.Pipeline.Name;
        CreateRepo(name, $"Output repo for pipeline {name}.");
        var spec = restoredSpec is null ? pipelines.WriteSpec(info) : FindSpec(restoredSpec);
        Record(name, spec);
        outputs.Create(info, keepsOutput: restoredSpec is not null, keepsStats: restoredSpec is not null);
    }

    // Where the pipeline is there already, the server takes its spec commit back, with all that was computed from it, although a restore
    // has named the very one that the pipeline uses: restoring twice wrecks the pipelines of 1.9.12.
    private void Record(string name, Commit spec)
    {
        try
        {
            pipelines.Record(name, spec);
        }
        catch (PachdError e) when (e.IsAlreadyExists)
        {
            TakeBack(spec);
            throw new PachdError($"pipeline {name} already exists");
        }
    }

    private void TakeBack(Commit spec)
    {
        try
        {
            deleter.Delete(Refs.Commit(Refs.SpecRepo, spec.Id));
        }
        catch (PachdError e)
        {
            throw e.Behind("couldn't clean up orphaned spec commit: ");
        }
    }

    private PipelineInfo InfoOf(CreatePipelineRequest request) => new PipelineInfo
    {
        Pipeline = request.Pipeline,
        CreatedAt = pachd.Now(),
        Version = 1,
        Transform = request.Transform,
        TfJob = request.TfJob,
        ParallelismSpec = request.ParallelismSpec,
        HashtreeSpec = traits.IsIncremental ? null : request.HashtreeSpec,
        Input = request.Input,
        OutputBranch = request.OutputBranch,
        Egress = request.Egress,
        ResourceRequests = request.ResourceRequests,
        ResourceLimits = request.ResourceLimits,
        Description = request.Description,
        Incremental = request.Incremental && traits.IsIncremental,
        CacheSize = request.CacheSize,
        EnableStats = request.EnableStats,
        Batch = request.Batch && traits.KeepsBatch,
        MaxQueueSize = request.MaxQueueSize,
        Service = request.Service,
        Spout = request.Spout,
        ChunkSpec = request.ChunkSpec,
        DatumTimeout = request.DatumTimeout,
        JobTimeout = request.JobTimeout,
        Standby = request.Standby,
        DatumTries = request.DatumTries,
        SchedulingSpec = request.SchedulingSpec,
        PodSpec = request.PodSpec,
        PodPatch = request.PodPatch,
        Salt = request.Salt.Length == 0 || request.Reprocess ? pachd.NewIds.Next() : request.Salt,
    }.Clone();

    private void CreateInputRepos(PipelineInfo info)
    {
        foreach (var input in PipelineInputs.All(info.Input))
        {
            if (input.Cron is { } cron)
                CreateRepo(cron.Repo, $"Cron tick repo for pipeline {info.Pipeline.Name}.");

            if (input.Git is { } git)
                CreateRepo(git.Name, $"Git input repo for pipeline {info.Pipeline.Name}.");
        }
    }

    private void CreateRepo(string name, string description)
    {
        try
        {
            repos.Create(Refs.Repo(name), pachd.Traits.ChecksRequests ? description : "", update: false);
        }
        catch (PachdError e) when (e.IsAlreadyExists)
        {
            // Somebody made it beforehand; the pipeline uses it.
        }
    }

    private Commit FindSpec(Commit commit)
    {
        try
        {
            return pachd.Metadata.Do(() => resolver.ResolveId(commit));
        }
        catch (PachdError e)
        {
            throw e.Behind($"error inspecting commit: \"{commit.Repo.Name}/{commit.Id}\": ");
        }
    }
}
