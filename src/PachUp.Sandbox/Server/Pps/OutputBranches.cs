using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>The branches that a pipeline writes to: its output and, where it is asked for, its statistics.</summary>
internal sealed class OutputBranches(PpsTraits traits, Branches branches)
{
    private const string StatsBranch = "stats";

    /// <summary>Makes or changes them, which starts commits on them where their inputs have some.</summary>
    /// <param name="info">The pipeline.</param>
    /// <param name="keepsOutput">Whether the output branch keeps its head.</param>
    /// <param name="keepsStats">Whether the branch of the statistics keeps its head.</param>
    public void Create(PipelineInfo info, bool keepsOutput, bool keepsStats)
    {
        Create("output", OutputOf(info), ProvenanceOf(info), keepsOutput);
        if (info.EnableStats)
            Create(StatsBranch, StatsOf(info), [OutputOf(info)], keepsStats);
    }

    public bool HasOutput(PipelineInfo info) => Exists(OutputOf(info));

    public bool HasStats(PipelineInfo info) => Exists(StatsOf(info));

    /// <summary>Makes the output branch be computed from other branches, or from none; its head stays.</summary>
    public void SetProvenance(PipelineInfo info, IReadOnlyList<Branch> provenance) => branches.Create(OutputOf(info), HeadOf(OutputOf(info)), provenance);

    /// <summary>What the output branch of a pipeline that runs is computed from.</summary>
    public static IReadOnlyList<Branch> InputsOf(PipelineInfo info) =>
        [.. PipelineInputs.Branches(info.Input), Refs.Branch(Refs.SpecRepo, info.Pipeline.Name)];

    private IReadOnlyList<Branch> ProvenanceOf(PipelineInfo info)
    {
        var isCutOff = (info.Stopped && traits.UpdateLeavesStopped) || (info.Spout is not null && traits.CutsOffSpouts);
        return isCutOff ? [] : InputsOf(info);
    }

    private static Branch OutputOf(PipelineInfo info) => Refs.Branch(info.Pipeline.Name, info.OutputBranch);

    private static Branch StatsOf(PipelineInfo info) => Refs.Branch(info.Pipeline.Name, StatsBranch);

    // A branch that is named as its own head keeps the head that it has.
    private static Commit HeadOf(Branch branch) => Refs.Commit(branch.Repo.Name, branch.Name);

    private bool Exists(Branch branch)
    {
        try
        {
            branches.Inspect(branch);
            return true;
        }
        catch (NotFoundError)
        {
            return false;
        }
    }

    private void Create(string what, Branch branch, IReadOnlyList<Branch> provenance, bool keepsHead)
    {
        try
        {
            branches.Create(branch, keepsHead ? HeadOf(branch) : null, provenance);
        }
        catch (PachdError e)
        {
            throw e.Behind($"could not create/update {what} branch: rpc error: code = Unknown desc = ");
        }
    }
}
