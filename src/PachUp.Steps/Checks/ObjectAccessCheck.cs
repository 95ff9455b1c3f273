using PachUp.Pachyderm.Connections;
using PachUp.Sdk;
using PachUp.Verification;

namespace PachUp.Steps.Checks;

/// <summary>In production pachd keeps its object API off the public port. What cannot be known then is said before, with what to do to know it.</summary>
internal sealed class ObjectAccessCheck : ICheck
{
    public string Name => "object-access";

    public string Question => "Can the objects and tags of the clusters be listed?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "pachd serves its object API on the public port only where it was deployed with --expose-object-api, which is not meant for production. "
            + "Its peer port (653 in the pod) serves it always. Without it PachUp reads files end to end instead of comparing objects and tags: that "
            + "takes longer, and tells nothing about objects that no file of a branch head uses, nor about tags.",
        WhenPassed = "Objects and tags are listed through the ports that are named, and compared one by one.",
        WhenWarned = "They cannot be listed. To compare them, lead a port of this machine to the peer port of pachd (\"kubectl port-forward POD 10653:653\") "
            + "and give it with --source-peer or --target-peer; on the platform kubernetes PachUp does that by itself.",
    };

    public bool IsAboutTarget => true;

    public bool IsAbout(PlanPurpose purpose) => purpose != PlanPurpose.Reload;

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var access = await ObjectAccesses.AskAsync(context, cancellationToken);
        (ICluster Cluster, ObjectAccess? Access)[] clusters = [(context.Source, access.Source), (context.Target, access.Target)];
        var closed = clusters.Where(asked => asked.Access is { IsThere: false }).ToList();
        return closed.Count == 0
            ? CheckResult.Passed("The objects of every cluster that answers can be listed")
            : CheckResult.Warning(
                $"objects and tags of the {string.Join(" and the ", closed.Select(asked => asked.Cluster.Name))} cannot be listed, so files are read end to end in their place",
                $"To compare every object and tag, give the peer port of pachd (653 in the pod) with {string.Join(" and ", closed.Select(asked => $"--{asked.Cluster.Name}-peer HOST:PORT"))}.",
                closed.Select(asked => $"{asked.Cluster.Name} at {asked.Cluster.Address}: {asked.Access}"));
    }
}
