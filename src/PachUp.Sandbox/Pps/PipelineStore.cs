using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Pfs;

namespace PachUp.Sandbox.Pps;

/// <summary>
/// Pipelines as they are kept: a record that points at a commit of the repo <c>__spec__</c>, which holds the spec as a file.
/// </summary>
internal sealed class PipelineStore(Pachd pachd, CommitTrees trees, FileWriter files)
{
    private const string SpecFile = "/spec";

    public bool Exists(string name) => pachd.Metadata.Do(() => pachd.Metadata.Pipelines.Contains(name));

    /// <summary>A pipeline with its whole spec.</summary>
    /// <exception cref="PachdError">There is none, or its spec cannot be read.</exception>
    public PipelineInfo Inspect(Pipeline? pipeline)
    {
        var name = ServerCrash.Unless(pipeline).Name;
        return pachd.Metadata.Do(() => Read(pachd.Metadata.Pipelines.Find(name) ?? throw new NotFoundError($"pipeline \"{name}\" not found")));
    }

    /// <summary>All pipelines with their whole specs, newest first.</summary>
    public IReadOnlyList<PipelineInfo> List() =>
        pachd.Metadata.Do<IReadOnlyList<PipelineInfo>>(() => [.. pachd.Metadata.Pipelines.List().Select(record => Read(record.Value))]);

    /// <summary>Writes a spec as a new commit of the branch that is named like its pipeline.</summary>
    public Commit WriteSpec(PipelineInfo info)
    {
        var content = new WholeContent(pachd.Objects, new OverwriteIndex());
        content.Append(Google.Protobuf.MessageExtensions.ToByteArray(info));
        var name = info.Pipeline.Name;
        files.Put(files.FindTarget(Refs.Commit(Refs.SpecRepo, name)), [(SpecFile, content.End())]);
        return pachd.Metadata.Do(() => pachd.Metadata.Branches(Refs.SpecRepo).Get(name).Head);
    }

    /// <summary>Points a pipeline at another commit of its spec.</summary>
    public void SetSpec(string name, Commit specCommit, PipelineState state) => pachd.Metadata.Do(() =>
        pachd.Metadata.Pipelines.Update(name, record =>
        {
            record.SpecCommit = specCommit;
            record.State = state;
        }));

    private PipelineInfo Read(EtcdPipelineInfo record)
    {
        var info = ReadSpec(record.SpecCommit);
        info.State = record.State;
        info.Reason = record.Reason;
        info.JobCounts.Clear();
        info.JobCounts.Add(record.JobCounts);
        info.LastJobState = record.LastJobState;
        info.SpecCommit = record.SpecCommit;
        return info;
    }

    private PipelineInfo ReadSpec(Commit commit)
    {
        try
        {
            var content = trees.OfFinished(commit).Get(SpecFile).Objects!.Select(hash => pachd.Objects.Read(hash));
            return PipelineInfo.Parser.ParseFrom([.. content.SelectMany(part => part.ToArray())]);
        }
        catch (PachdError e)
        {
            throw e.Behind("could not read existing PipelineInfo from PFS: ");
        }
    }
}
