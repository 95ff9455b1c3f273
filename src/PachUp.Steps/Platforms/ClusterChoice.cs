using PachUp.Sdk;

namespace PachUp.Steps.Platforms;

/// <summary>Which cluster of the plan a step works on.</summary>
public enum ClusterChoice
{
    /// <summary>The cluster that is migrated.</summary>
    Source,

    /// <summary>The cluster that receives its state.</summary>
    Target,
}

internal static class ClusterChoices
{
    public static ICluster Choose(this IStepContext context, ClusterChoice choice) =>
        choice == ClusterChoice.Source ? context.Source : context.Target;
}
