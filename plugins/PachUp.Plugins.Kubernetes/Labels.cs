namespace PachUp.Plugins.Kubernetes;

/// <summary>The labels by which <c>pachctl deploy</c> marks what it makes, and the annotations by which PachUp marks what it changes.</summary>
internal static class Labels
{
    /// <summary>Selects everything that belongs to Pachyderm.</summary>
    public const string Suite = "suite=pachyderm";

    /// <summary>Selects what pipelines run in. pachd makes these itself.</summary>
    public const string Workers = "suite=pachyderm,component=worker";

    /// <summary>The label that says which part an object belongs to: <c>pachd</c>, <c>etcd</c>, <c>dash</c>.</summary>
    public const string App = "app";

    /// <summary>The label of workers.</summary>
    public const string Component = "component";

    /// <summary>What a fenced service looked like before, as JSON.</summary>
    public const string Unfenced = "pachup.io/unfenced-spec";

    /// <summary>Which release PachUp deployed an object for.</summary>
    public const string DeployedRelease = "pachup.io/release";
}
