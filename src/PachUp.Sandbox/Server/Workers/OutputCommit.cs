using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>An open commit that the workers of a pipeline must finish.</summary>
/// <param name="Pipeline">The pipeline, with the spec of the commit.</param>
/// <param name="Info">The commit.</param>
internal sealed record OutputCommit(PipelineInfo Pipeline, CommitInfo Info)
{
    public string Id => Info.Commit.Id;

    /// <summary>The commit of the statistics, if the pipeline has statistics.</summary>
    public Commit? Stats => Info.Subvenance.FirstOrDefault(range => range.Lower.Repo.Name == Info.Commit.Repo.Name)?.Lower;
}
