using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>
/// The stored pipelines. Each is a record that points at a commit of the repo <c>__spec__</c>, which holds the spec as a file. The parents of that commit
/// hold the earlier specs.
/// </summary>
internal sealed class PipelineStore(Pachd pachd, PpsTraits traits, CommitResolver resolver, CommitTrees trees, FileWriter files, Branches branches)
{
    /// <summary>The path of the spec in a commit of the repo <c>__spec__</c>.</summary>
    public const string SpecFile = "/spec";

    private const long WholeHistory = -1;
    private const int SuffixLength = 12;

    public bool Exists(string name) => pachd.Metadata.InTransaction(() => pachd.Metadata.Pipelines.Contains(name));

    /// <summary>The names of all pipelines, newest first.</summary>
    public IReadOnlyList<string> Names() => pachd.Metadata.InTransaction(() => pachd.Metadata.Pipelines.Keys());

    /// <summary>A pipeline with its whole spec; <c>name^2</c> is the pipeline with the spec before the last one.</summary>
    /// <exception cref="PachdError">There is none, or its spec cannot be read.</exception>
    public PipelineInfo Inspect(Pipeline? pipeline)
    {
        var (name, steps) = Ancestry.Parse(ServerCrash.IfNull(pipeline).Name, traits.ListsByHistory);
        return pachd.Metadata.InTransaction(() =>
        {
            var record = Find(name);
            record.SpecCommit.Id = WithSteps(record.SpecCommit.Id, steps);
            return Complete(Read(record), record);
        });
    }

    /// <summary>A pipeline with the spec that a commit holds.</summary>
    /// <exception cref="PachdError">There is none, or the spec cannot be read.</exception>
    public PipelineInfo InspectAt(string name, Commit specCommit)
    {
        var record = pachd.Metadata.Pipelines.Inspect(name);
        record.SpecCommit = specCommit;
        return Read(record);
    }

    /// <summary>All pipelines with their whole specs, newest first.</summary>
    public IReadOnlyList<PipelineInfo> List() => List(new ListPipelineRequest());

    /// <summary>The pipelines that a request asks for, newest first, each with its whole spec and, on request, with its earlier specs.</summary>
    /// <exception cref="PachdError">The request names a missing pipeline, or a spec cannot be read.</exception>
    public IReadOnlyList<PipelineInfo> List(ListPipelineRequest request) =>
        pachd.Metadata.InTransaction<IReadOnlyList<PipelineInfo>>(() => [.. Versions(request.Pipeline, request.History).Select(version => Read(version.Name, version.Record, request))]);

    /// <summary>The ids of the spec commits of one or all pipelines, up to a number of steps back.</summary>
    /// <exception cref="PachdError">There is no such pipeline.</exception>
    public IReadOnlySet<string> SpecCommitIds(Pipeline? pipeline, long history) =>
        pachd.Metadata.InTransaction<IReadOnlySet<string>>(() => Versions(pipeline, history).Select(version => version.Record.SpecCommit.Id).ToHashSet());

    /// <summary>The spec in a commit, without the pipeline's current state.</summary>
    /// <exception cref="PachdError">It cannot be read.</exception>
    public PipelineInfo ReadSpec(Commit commit)
    {
        try
        {
            var content = trees.OfFinished(resolver.ResolveId(commit)).Get(SpecFile).Objects!.Select(hash => pachd.Objects.Read(hash));
            return PipelineInfo.Parser.ParseFrom([.. content.SelectMany(part => part.ToArray())]);
        }
        catch (PachdError e)
        {
            throw e.WithPrefix("could not read existing PipelineInfo from PFS: ");
        }
    }

    /// <summary>Writes a spec as a new commit on the branch with the name of its pipeline.</summary>
    public Commit WriteSpec(PipelineInfo info) => WriteSpec(info, info.Pipeline.Name);

    private Commit WriteSpec(PipelineInfo info, string branch)
    {
        var content = new WholeContent(pachd.Objects, new OverwriteIndex());
        content.Append(Google.Protobuf.MessageExtensions.ToByteArray(info));
        files.Put(files.FindTarget(Refs.Commit(Refs.SpecRepo, branch)), [(SpecFile, content.End())]);
        return pachd.Metadata.InTransaction(() => pachd.Metadata.Branches(Refs.SpecRepo).Get(branch).Head);
    }

    /// <summary>
    /// Writes the spec of a pipeline that is about to be created, on a branch of its own that is deleted again. The name of that branch stays in the commit.
    /// </summary>
    public Commit WriteNewSpec(PipelineInfo info)
    {
        var branch = Refs.Branch(Refs.SpecRepo, $"{info.Pipeline.Name}_{pachd.NewIds.Next()[..SuffixLength]}");
        var commit = WriteSpec(info, branch.Name);
        pachd.Metadata.InTransaction(() =>
        {
            pachd.Metadata.Branches(branch.Repo.Name).Delete(branch.Name);
            pachd.Metadata.Repos.Update(branch.Repo.Name, repo => repo.Branches.RemoveBranch(branch));
        });
        return commit;
    }

    /// <summary>Makes a spec commit the head of the branch with the name of its pipeline.</summary>
    public void PointSpecBranch(string name, Commit spec) => branches.Create(Refs.Branch(Refs.SpecRepo, name), spec, []);

    /// <summary>Makes the record of a new pipeline.</summary>
    /// <param name="info">The pipeline.</param>
    /// <param name="specCommit">The commit with its spec.</param>
    public void Record(PipelineInfo info, Commit specCommit) => pachd.Metadata.InTransaction(() => pachd.Metadata.Pipelines.Create(
        info.Pipeline.Name,
        new EtcdPipelineInfo { SpecCommit = specCommit, State = PipelineState.PipelineRunning, Parallelism = Parallelism.Of(info.ParallelismSpec) }));

    /// <summary>Points a pipeline at another commit of its spec.</summary>
    /// <param name="info">The pipeline with that spec.</param>
    /// <param name="specCommit">The commit.</param>
    /// <param name="state">Its new state.</param>
    public void SetSpec(PipelineInfo info, Commit specCommit, PipelineState state) => pachd.Metadata.InTransaction(() =>
        pachd.Metadata.Pipelines.Update(info.Pipeline.Name, record =>
        {
            record.SpecCommit = specCommit;
            record.Parallelism = Parallelism.Of(info.ParallelismSpec);
            record.State = state;
            record.Reason = "";
        }));

    /// <summary>Deletes the record of a pipeline; its specs stay.</summary>
    public void Forget(string name) => pachd.Metadata.InTransaction(() => pachd.Metadata.Pipelines.Delete(name));

    private EtcdPipelineInfo Find(string name) => pachd.Metadata.Pipelines.Find(name) ?? throw new NotFoundError($"pipeline \"{name}\" not found");

    private IEnumerable<(string Name, EtcdPipelineInfo Record)> Versions(Pipeline? pipeline, long history)
    {
        var names = pipeline is null ? pachd.Metadata.Pipelines.Keys() : [pipeline.Name];
        return names.SelectMany(name => Versions(Find(name), history).Select(record => (name, record)));
    }

    private IEnumerable<EtcdPipelineInfo> Versions(EtcdPipelineInfo newest, long history)
    {
        Commit? spec = newest.SpecCommit;
        for (var version = 0L; spec is not null && (version <= history || history == WholeHistory); version++)
        {
            var record = newest.Clone();
            record.SpecCommit = spec;
            yield return record;
            spec = pachd.Metadata.Commits(spec.Repo.Name).Find(spec.Id)?.ParentCommit;
        }
    }

    private string WithSteps(string id, int steps) => steps switch
    {
        < 0 => $"{id}.{-steps}",
        0 when !traits.CountsStepsToSpec => id,
        _ => $"{id}~{steps}",
    };

    /// <summary>
    /// Adds the address for calls of a git server, which the sandbox does not have, or else the number of workers: the server ends with the first of them.
    /// </summary>
    private PipelineInfo Complete(PipelineInfo info, EtcdPipelineInfo record)
    {
        if (PipelineInputs.All(info.Input).Any(input => input.Git is not null))
            info.GithookUrl = "pending";
        else if (traits.ShowsWorkers)
            info.WorkersRequested = (long)record.Parallelism;

        return info;
    }

    private PipelineInfo Read(string name, EtcdPipelineInfo record, ListPipelineRequest request)
    {
        try
        {
            return Read(record);
        }
        catch (PachdError) when (traits.ListsIncomplete && request.AllowIncomplete)
        {
            return WithState(new PipelineInfo { Pipeline = new Pipeline { Name = name } }, record);
        }
        catch (PachdError) when (traits.ListsIncomplete)
        {
            throw new PachdError(
                $"could not retrieve pipeline spec file from PFS for pipeline '{name}', there may be a problem reaching object storage, "
                + "or the pipeline may need to be deleted and recreated");
        }
    }

    private PipelineInfo Read(EtcdPipelineInfo record) => WithState(ReadSpec(record.SpecCommit), record);

    private static PipelineInfo WithState(PipelineInfo info, EtcdPipelineInfo record)
    {
        info.State = record.State;
        info.Reason = record.Reason;
        info.JobCounts.Clear();
        info.JobCounts.Add(record.JobCounts);
        info.LastJobState = record.LastJobState;
        info.SpecCommit = record.SpecCommit;
        return info;
    }
}
