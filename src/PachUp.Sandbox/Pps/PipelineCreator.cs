using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Pfs;

namespace PachUp.Sandbox.Pps;

/// <summary>Creates pipelines. The steps are transactions of their own, as in the real server: what was made before a failing one stays.</summary>
internal sealed class PipelineCreator(Pachd pachd, PipelineStore pipelines, PipelineDefaults defaults, Repos repos, Branches branches, CommitResolver resolver)
{
    private const string StatsBranch = "stats";

    public void Create(CreatePipelineRequest request)
    {
        var info = InfoOf(request);
        defaults.Fill(info);
        CheckInputs(info);
        CreateInputRepos(info);
        PipelineInputs.Sort(info.Input);
        CreateRepo(info.Pipeline.Name, $"Output repo for pipeline {info.Pipeline.Name}.");
        if (pipelines.Exists(info.Pipeline.Name))
            throw new PachdError($"pipeline {info.Pipeline.Name} already exists");

        var isRestored = request.SpecCommit is not null;
        Record(info.Pipeline.Name, isRestored ? FindSpec(request.SpecCommit!) : pipelines.WriteSpec(info));
        CreateBranches(info, keepHeads: isRestored);
    }

    private static PipelineInfo InfoOf(CreatePipelineRequest request)
    {
        var info = new PipelineInfo
        {
            Pipeline = ServerCrash.Unless(request.Pipeline),
            Version = 1,
            Transform = request.Transform,
            TfJob = request.TfJob,
            ParallelismSpec = request.ParallelismSpec,
            HashtreeSpec = request.HashtreeSpec,
            Input = request.Input,
            OutputBranch = request.OutputBranch,
            Egress = request.Egress,
            ScaleDownThreshold = request.ScaleDownThreshold,
            ResourceRequests = request.ResourceRequests,
            ResourceLimits = request.ResourceLimits,
            Description = request.Description,
            Incremental = request.Incremental,
            CacheSize = request.CacheSize,
            EnableStats = request.EnableStats,
            Batch = request.Batch,
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
            Salt = request.Salt.Length == 0 || request.Reprocess ? Ids.New() : request.Salt,
        }.Clone();
        return info;
    }

    private void CheckInputs(PipelineInfo info)
    {
        foreach (var input in PipelineInputs.All(info.Input).Where(input => input.Pfs is not null || input.Atom is not null))
        {
            repos.Inspect(PipelineInputs.BranchOf(input)!.Repo);
        }
    }

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

    private void Record(string name, Commit specCommit) => pachd.Metadata.Do(() => pachd.Metadata.Pipelines.Create(
        name, new EtcdPipelineInfo { SpecCommit = specCommit, State = PipelineState.PipelineRunning }));

    private void CreateBranches(PipelineInfo info, bool keepHeads)
    {
        var (name, output) = (info.Pipeline.Name, info.OutputBranch);
        var provenance = info.Spout is null ? PipelineInputs.Branches(info.Input).Append(Refs.Branch(Refs.SpecRepo, name)) : [];
        CreateBranch("output", Refs.Branch(name, output), [.. provenance], keepHeads ? Refs.Commit(name, output) : null);
        if (info.EnableStats)
            CreateBranch(StatsBranch, Refs.Branch(name, StatsBranch), [Refs.Branch(name, output)], keepHeads ? Refs.Commit(name, StatsBranch) : null);
    }

    private void CreateBranch(string what, Branch branch, IReadOnlyList<Branch> provenance, Commit? head)
    {
        try
        {
            branches.Create(branch, head, provenance);
        }
        catch (PachdError e)
        {
            throw e.Behind($"could not create/update {what} branch: rpc error: code = Unknown desc = ");
        }
    }
}
