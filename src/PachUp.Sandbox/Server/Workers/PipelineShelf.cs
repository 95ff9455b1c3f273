using System.Collections.Concurrent;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pps;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>The pipelines as workers look at them, again and again: each spec is read once.</summary>
internal sealed class PipelineShelf(Pachd pachd, PipelineStore pipelines)
{
    private readonly ConcurrentDictionary<string, PipelineInfo> _specs = new(StringComparer.Ordinal);

    /// <summary>The pipelines that run, the oldest first; those whose spec cannot be read are left out.</summary>
    public IReadOnlyList<PipelineInfo> Running() => pachd.Metadata.Do<IReadOnlyList<PipelineInfo>>(() =>
        [.. pachd.Metadata.Pipelines.List().Reverse().Where(record => Runs(record.Value)).Select(record => TryRead(record.Value.SpecCommit)).OfType<PipelineInfo>()]);

    /// <summary>The records and specs of all pipelines that have not failed, stopped ones too, the oldest first; those whose spec cannot be read are left out.</summary>
    public IReadOnlyList<(EtcdPipelineInfo Record, PipelineInfo Spec)> NotFailed() => pachd.Metadata.Do<IReadOnlyList<(EtcdPipelineInfo, PipelineInfo)>>(() =>
    [
        .. from record in pachd.Metadata.Pipelines.List().Reverse().Select(record => record.Value)
           where record.State is not PipelineState.PipelineFailure
           let spec = TryRead(record.SpecCommit)
           where spec is not null
           select (record, spec),
    ]);

    /// <summary>The spec in a commit of the repo of specs; null where it cannot be read.</summary>
    public PipelineInfo? TryRead(Commit specCommit)
    {
        if (_specs.TryGetValue(specCommit.Id, out var known))
            return known;

        try
        {
            return _specs[specCommit.Id] = pachd.Metadata.Do(() => pipelines.ReadSpec(specCommit));
        }
        catch (PachdError)
        {
            // Whoever asks for the pipeline gets the error; its workers cannot start.
            return null;
        }
    }

    private static bool Runs(EtcdPipelineInfo record) => record.State is not (PipelineState.PipelinePaused or PipelineState.PipelineFailure);
}
