using System.Collections.Concurrent;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pps;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>The specs of pipelines for workers and cron inputs. Each spec is read once and cached.</summary>
internal sealed class PipelineSpecs(Pachd pachd, PipelineStore pipelines)
{
    private readonly ConcurrentDictionary<string, PipelineInfo> _specs = new(StringComparer.Ordinal);

    /// <summary>The running pipelines with readable specs, the oldest first.</summary>
    public IReadOnlyList<PipelineInfo> Running() => pachd.Metadata.InTransaction<IReadOnlyList<PipelineInfo>>(() =>
        [.. pachd.Metadata.Pipelines.List().Reverse().Where(record => Runs(record.Value)).Select(record => TryRead(record.Value.SpecCommit)).OfType<PipelineInfo>()]);

    /// <summary>All pipelines with readable specs that have not failed, also stopped ones, the oldest first.</summary>
    public IReadOnlyList<(EtcdPipelineInfo Record, PipelineInfo Spec)> NotFailed() => pachd.Metadata.InTransaction<IReadOnlyList<(EtcdPipelineInfo, PipelineInfo)>>(() =>
    [
        .. from record in pachd.Metadata.Pipelines.List().Reverse().Select(record => record.Value)
           where record.State is not PipelineState.PipelineFailure
           let spec = TryRead(record.SpecCommit)
           where spec is not null
           select (record, spec),
    ]);

    /// <summary>The spec in a commit of the repo of specs; null if it cannot be read.</summary>
    public PipelineInfo? TryRead(Commit specCommit)
    {
        if (_specs.TryGetValue(specCommit.Id, out var known))
            return known;

        try
        {
            return _specs[specCommit.Id] = pachd.Metadata.InTransaction(() => pipelines.ReadSpec(specCommit));
        }
        catch (PachdError)
        {
            // A client that asks for the pipeline gets the error. Workers leave it out.
            return null;
        }
    }

    private static bool Runs(EtcdPipelineInfo record) => record.State is not (PipelineState.PipelinePaused or PipelineState.PipelineFailure);
}
