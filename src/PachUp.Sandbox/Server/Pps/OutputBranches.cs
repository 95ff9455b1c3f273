using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>The branches that a pipeline writes to: its output and, if the spec asks for them, its statistics and the marker of a spout.</summary>
internal sealed class OutputBranches(PpsTraits traits, Branches branches)
{
    private const string StatsBranch = "stats";
    private const string MarkerBranch = "marker";

    /// <summary>Creates or changes the branches. This starts output commits if the inputs have commits.</summary>
    /// <param name="info">The pipeline.</param>
    /// <param name="keepsOutput">Whether the output branch keeps its head.</param>
    /// <param name="keepsStats">Whether the branch of the statistics keeps its head.</param>
    public void Create(PipelineInfo info, bool keepsOutput, bool keepsStats)
    {
        Create("output", OutputOf(info), ProvenanceOf(info), keepsOutput);
        if (info.EnableStats)
            Create(StatsBranch, StatsOf(info), [OutputOf(info)], keepsStats);

        if (info.Spout is { Marker.Length: > 0 })
            Create(MarkerBranch, Refs.Branch(info.Pipeline.Name, MarkerBranch), [], keepsHead: keepsOutput);
    }

    /// <summary>Creates the branches of inputs that have a trigger. They keep their heads.</summary>
    public void CreateTriggers(PipelineInfo info)
    {
        foreach (var input in TriggerInputs.Of(info))
        {
            var branch = Refs.Branch(input.Repo, input.Branch);
            Guard("trigger", () => branches.Create(branch, Exists(branch) ? HeadOf(branch) : null, [], input.Trigger));
        }
    }

    public bool HasOutput(PipelineInfo info) => Exists(OutputOf(info));

    public bool HasStats(PipelineInfo info) => Exists(StatsOf(info));

    /// <summary>Changes the provenance of the output branch; its head stays.</summary>
    public void SetProvenance(PipelineInfo info, IReadOnlyList<Branch> provenance) => branches.Create(OutputOf(info), HeadOf(OutputOf(info)), provenance);

    /// <summary>The provenance of the output branch of a running pipeline.</summary>
    public static IReadOnlyList<Branch> InputsOf(PipelineInfo info) =>
        [.. PipelineInputs.Branches(info).Select(Refs.Branch), Refs.Branch(Refs.SpecRepo, info.Pipeline.Name)];

    private IReadOnlyList<Branch> ProvenanceOf(PipelineInfo info)
    {
        var isCutOff = (info.Stopped && traits.UpdateLeavesStopped) || (info.Spout is not null && traits.CutsOffSpouts);
        return isCutOff ? [] : InputsOf(info);
    }

    private static Branch OutputOf(PipelineInfo info) => Refs.Branch(info.Pipeline.Name, info.OutputBranch);

    private static Branch StatsOf(PipelineInfo info) => Refs.Branch(info.Pipeline.Name, StatsBranch);

    // A branch with itself as its head keeps its head.
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

    private void Create(string what, Branch branch, IReadOnlyList<Branch> provenance, bool keepsHead) =>
        Guard(what, () => branches.Create(branch, keepsHead ? HeadOf(branch) : null, provenance));

    private void Guard(string what, Action create)
    {
        try
        {
            create();
        }
        catch (PachdError e)
        {
            throw e.WithPrefix($"could not create/update {what} branch: {(traits.CreatesAtOnce ? "" : "rpc error: code = Unknown desc = ")}");
        }
    }
}
