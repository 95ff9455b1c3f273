using PachUp.Common.Files;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Records;

namespace PachUp.Steps.Resuming;

/// <summary>
/// What a target has to contain after its pipelines were started and clients may use it: everything that arrived. New commits on top of it are no
/// difference, and users may stop and start pipelines.
/// </summary>
internal static class LivingTarget
{
    /// <summary>Whether the target of a run has a life of its own.</summary>
    public static bool IsThere(IStepExecution execution) => File.Exists(PathIn(execution));

    /// <summary>Records that it has.</summary>
    public static void Begin(IStepExecution execution) => JsonFile.Write(PathIn(execution), execution.Time.GetUtcNow());

    /// <summary>What it has to contain.</summary>
    /// <param name="expected">What it had to contain before.</param>
    public static ExpectedTarget Of(ExpectedTarget expected) => expected with
    {
        ContinuedBranches = [.. expected.Inventory.Repos.SelectMany(repo => repo.Branches.Select(branch => new BranchName(repo.Name, branch.Name)))],
        Comparison = expected.Comparison with { Stopped = false },
    };

    private static string PathIn(IStepExecution execution) => Path.Combine(execution.RunDirectory, RecordFiles.Resumed);
}
