namespace PachUp.Plugins.Kubernetes.Api;

/// <summary>The labels by which <c>pachctl deploy</c> marks what it makes, and the annotations by which PachUp marks what it changes.</summary>
internal static class Labels
{
    /// <summary>Selects everything that belongs to Pachyderm.</summary>
    public const string Suite = "suite=pachyderm";

    /// <summary>The label that says which part an object belongs to: <c>pachd</c>, <c>etcd</c>, <c>dash</c>.</summary>
    public const string App = "app";

    /// <summary>The label by which pachd marks what pipelines run in: <c>worker</c>.</summary>
    public const string Component = "component";

    /// <summary>Selects what PachUp runs in when it runs in the cluster. Nothing of it carries a label of Pachyderm, so undeploying leaves it alone.</summary>
    public const string PachUp = "app.kubernetes.io/name=pachup";

    /// <summary>The name of the plan that a Job carries out.</summary>
    public const string Plan = "pachup.io/plan";

    /// <summary>The hash of that plan, as it was shown.</summary>
    public const string PlanHash = "pachup.io/plan-hash";

    /// <summary>What a fenced service looked like before, as JSON.</summary>
    public const string Unfenced = "pachup.io/unfenced-spec";

    /// <summary>How and by which run an object was fenced: <c>services 20261125-165359-0a1b</c>.</summary>
    public const string FencedBy = "pachup.io/fenced-by";

    /// <summary>What a service looked like before its node ports were handed over, as JSON.</summary>
    public const string BeforeSwitch = "pachup.io/before-switch";
}
