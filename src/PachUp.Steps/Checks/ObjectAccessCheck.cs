using PachUp.Pachyderm.Connections;
using PachUp.Sdk;
using PachUp.Verification;

namespace PachUp.Steps.Checks;

/// <summary>Checks whether objects and tags can be listed: in production pachd serves its object API only on the peer port.</summary>
internal sealed class ObjectAccessCheck : ICheck
{
    public string Name => "object-access";

    public string Question => "Can PachUp list the objects and tags of the clusters?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "pachd serves its object API on the public port only if it was deployed with --expose-object-api, which is not meant for production. "
            + "Its peer port (653 in the pod) always serves it. Without the object API PachUp cannot compare objects and tags. Instead it reads "
            + "files from beginning to end. This takes longer, and it does not prove tags, nor objects that no branch head uses.",
        WhenPassed = "PachUp lists objects and tags through the named ports and compares each of them.",
        WhenWarned = "PachUp cannot list objects and tags. To compare them, forward a port of this machine to the peer port of pachd (\"kubectl "
            + "port-forward POD 10653:653\") and give it with --source-peer or --target-peer. On the platform kubernetes PachUp forwards the port "
            + "itself.",
    };

    public bool IsAboutTarget => true;

    public bool IsAbout(PlanPurpose purpose) => purpose != PlanPurpose.Reload;

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var access = await ObjectAccesses.AskAsync(context, cancellationToken);
        (ICluster Cluster, ObjectAccess? Access)[] clusters = [(context.Source, access.Source), (context.Target, access.Target)];
        var closed = clusters.Where(asked => asked.Access is { IsThere: false }).ToList();
        return closed.Count == 0
            ? CheckResult.Passed("PachUp can list the objects of every cluster that answers")
            : CheckResult.Warning(
                $"objects and tags of the {string.Join(" and the ", closed.Select(asked => asked.Cluster.Name))} cannot be listed; PachUp reads "
                    + "files from beginning to end instead",
                $"To compare every object and tag, give the peer port of pachd (653 in the pod) with {string.Join(" and ", closed.Select(asked => $"--{asked.Cluster.Name}-peer HOST:PORT"))}.",
                closed.Select(asked => $"{asked.Cluster.Name} at {asked.Cluster.Address}: {asked.Access}"));
    }
}
