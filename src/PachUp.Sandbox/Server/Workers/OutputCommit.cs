using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>An open commit that a pipeline's workers have to finish.</summary>
/// <param name="Pipeline">The pipeline with the spec that the commit is computed by.</param>
/// <param name="Info">The commit.</param>
internal sealed record OutputCommit(PipelineInfo Pipeline, CommitInfo Info)
{
    public string Id => Info.Commit.Id;

    /// <summary>The commit for the statistics, where the pipeline keeps any.</summary>
    public Commit? Stats => Info.Subvenance.FirstOrDefault(range => range.Lower.Repo.Name == Info.Commit.Repo.Name)?.Lower;
}
