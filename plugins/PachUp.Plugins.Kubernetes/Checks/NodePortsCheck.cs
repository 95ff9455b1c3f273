using System.Text.Json.Nodes;
using PachUp.Pachyderm.Inventories;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Deploying;
using PachUp.Plugins.Kubernetes.NodePorts;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Checks;

/// <summary>Finds node ports that the target needs and that other services have, or that pipelines want too.</summary>
internal sealed class NodePortsCheck : ICheck
{
    public string Name => "kubernetes-node-ports";

    public string Question => "Are the node ports of the target free?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Only one service in all namespaces can have a node port. If another service has a node port that the target needs, the target cannot be "
            + "deployed, and the cluster is down until someone frees the port.",
        WhenPassed = "No other service has a node port that the target needs, and no pipeline wants one.",
        WhenWarned = "The named pipelines are services with a node port that a service of Pachyderm has. Their services cannot be created, or take the port "
            + "while the service of Pachyderm is away. Give the pipelines another external port, or the service of Pachyderm another node port.",
        WhenRefused = "Give the named services other node ports or delete them. Or deploy the target with other node ports from your own manifests: "
            + "\"manifests: DIR\" in the plan's cluster.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Reload or PlanPurpose.Upgrade;

    public bool IsAboutTarget => true;

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) =>
        PlannedDeployment.AskAsync(context, deployment => AskAsync(deployment, context.Survey.Source.Pipelines, cancellationToken), cancellationToken);

    private static async Task<CheckResult> AskAsync(PlannedDeployment deployment, IReadOnlyList<PipelineInventory> pipelines, CancellationToken cancellationToken)
    {
        var services = deployment.Wanted.Objects.Where(value => value.Kind() == "Service").ToList();
        var owners = await NodePortOwners.ReadAsync(deployment.Target, cancellationToken);
        var taken = services.SelectMany(service => owners.CollisionsOf(service, deployment.Target.Namespace)).Where(collision => Stays(collision, deployment)).ToList();
        var wanted = services.SelectMany(service => pipelines.SelectMany(pipeline => WantedBy(pipeline, service))).ToList();
        return (taken.Count, wanted.Count) switch
        {
            (0, 0) => CheckResult.Passed("The node ports of the target are free"),
            (0, _) => CheckResult.Warning(
                "pipelines want node ports that services of Pachyderm have", "Change the external port of the pipelines, or the node port of the service.", wanted),
            _ => CheckResult.Refused(
                "other services have node ports that the target needs", "Give them other node ports, or delete them.", taken.Select(collision => collision.ToString())),
        };
    }

    /// <summary>Whether the owner is not deleted before the target is deployed.</summary>
    private static bool Stays(NodePortCollision collision, PlannedDeployment deployment) =>
        deployment.Placement.IsBeside || deployment.Source.Deployed.Objects.Concat(deployment.Source.Workers).All(value => value.Uid() != collision.Owner.Uid());

    private static IEnumerable<string> WantedBy(PipelineInventory pipeline, JsonObject service) =>
        from wanted in new[] { pipeline.Info.Service, pipeline.Info.Spout?.Service }
        where wanted is not null && NodePortCollision.PortsOf(service).Contains(wanted.ExternalPort)
        select $"pipeline {pipeline.Name}: external port {wanted.ExternalPort} is a node port of {service.Title()}";
}
