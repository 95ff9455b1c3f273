namespace PachUp.Plugins.Kubernetes.Api;

/// <summary>The labels of the objects that <c>pachctl deploy</c> creates, and PachUp's annotations on objects that it changes.</summary>
internal static class Labels
{
    /// <summary>Selects everything that belongs to Pachyderm.</summary>
    public const string Suite = "suite=pachyderm";

    /// <summary>Selects what belongs to pachd itself.</summary>
    public const string Pachd = Suite + ",app=pachd";

    /// <summary>Selects what pachd made for pipelines.</summary>
    public const string Workers = Suite + "," + Component + "=worker";

    /// <summary>Selects everything that belongs to Pachyderm, without what pachd made for pipelines.</summary>
    public const string NoWorkers = Suite + "," + Component + "!=worker";

    /// <summary>The label that names the part: <c>pachd</c>, <c>etcd</c>, <c>dash</c>.</summary>
    public const string App = "app";

    /// <summary>The label on the objects that pachd creates for pipelines: <c>worker</c>.</summary>
    public const string Component = "component";

    /// <summary>The label of these objects that names the pipeline.</summary>
    public const string Pipeline = "pipelineName";

    /// <summary>Selects the objects of PachUp's own Jobs. They have no label of Pachyderm, so undeploying does not delete them.</summary>
    public const string PachUp = "app.kubernetes.io/name=pachup";

    /// <summary>The name of the plan that a Job carries out.</summary>
    public const string Plan = "pachup.io/plan";

    /// <summary>The hash of the plan that was shown.</summary>
    public const string PlanHash = "pachup.io/plan-hash";

    /// <summary>The former spec of a fenced service, as JSON.</summary>
    public const string Unfenced = "pachup.io/unfenced-spec";

    /// <summary>The kind of fence and the run that closed it: <c>services 20261125-165359-0a1b</c>.</summary>
    public const string FencedBy = "pachup.io/fenced-by";

    /// <summary>The reclaim policy of a volume before PachUp made sure that the volume is kept.</summary>
    public const string ReclaimPolicy = "pachup.io/reclaim-policy-before";

    /// <summary>The state of a service before its node ports were moved, as JSON.</summary>
    public const string BeforeSwitch = "pachup.io/before-switch";
}
