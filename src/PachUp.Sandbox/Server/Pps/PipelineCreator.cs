using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>Creates pipelines. Each step is a transaction, as in the real server: what was made before a failing step stays.</summary>
internal sealed class PipelineCreator(
    Pachd pachd,
    PpsTraits traits,
    PipelineStore pipelines,
    PipelineDefaults defaults,
    PipelineRules rules,
    CommunityLimits limits,
    PipelineUpdater updater,
    OutputBranches outputs,
    Repos repos,
    CommitResolver resolver,
    CommitDeleter deleter)
{
    public void Create(CreatePipelineRequest request)
    {
        rules.Check(request);
        limits.Check(request);
        var info = InfoOf(request);
        defaults.Fill(info);
        rules.Check(info);
        CreateInputRepos(info);
        InputOrder.Sort(info.Input);
        if (traits.HasGroups)
            TriggerInputs.Name(info);

        if (request.Update && (pipelines.Exists(info.Pipeline.Name) || !traits.UpdateCreates))
            updater.Update(info, request.Reprocess);
        else
            CreateNew(info, request.SpecCommit);
    }

    private void CreateNew(PipelineInfo info, Commit? restoredSpec)
    {
        var spec = restoredSpec is not null ? FindSpec(restoredSpec) : traits.CreatesAtOnce ? pipelines.WriteNewSpec(info) : null;
        if (spec is not null && traits.CreatesAtOnce)
            pachd.Metadata.InTransaction(() => CreateNew(info, spec, isRestored: restoredSpec is not null));
        else
            CreateNew(info, spec, isRestored: restoredSpec is not null);
    }

    private void CreateNew(PipelineInfo info, Commit? spec, bool isRestored)
    {
        var name = info.Pipeline.Name;
        CreateRepo(name, $"Output repo for pipeline {name}.");
        Record(info, spec ?? pipelines.WriteSpec(info));
        if (traits.CreatesAtOnce && !isRestored)
            pipelines.PointSpecBranch(name, spec!);

        outputs.CreateTriggers(info);
        outputs.Create(info, keepsOutput: isRestored, keepsStats: isRestored);
    }

    // If the pipeline exists already, the server deletes the new spec commit and everything that is computed from it. In a restore the spec commit is the
    // one that the existing pipeline uses, so restoring twice destroys the pipelines of 1.9.12.
    private void Record(PipelineInfo info, Commit spec)
    {
        try
        {
            pipelines.Record(info, spec);
        }
        catch (PachdError e) when (e.IsAlreadyExists)
        {
            TakeBack(spec);
            throw new PachdError($"pipeline {info.Pipeline.Name} already exists");
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
            throw e.WithPrefix("couldn't clean up orphaned spec commit: ");
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
        S3Out = request.S3Out && traits.HasMetadata,
        Metadata = traits.HasMetadata ? request.Metadata : null,
        SidecarResourceLimits = traits.HasMetadata ? request.SidecarResourceLimits : null,
        Autoscaling = request.Autoscaling && traits.HasReprocessSpecs,
        ReprocessSpec = traits.HasReprocessSpecs ? request.ReprocessSpec : "",
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
            // A client made the repo before; the pipeline uses it.
        }
    }

    private Commit FindSpec(Commit commit)
    {
        try
        {
            return pachd.Metadata.InTransaction(() => resolver.ResolveId(commit));
        }
        catch (PachdError e)
        {
            throw e.WithPrefix($"error inspecting commit: \"{commit.Repo.Name}/{commit.Id}\": ");
        }
    }
}
