using PachUp.Sdk;

namespace PachUp.Steps.Platforms;

/// <summary>Finds the cluster that a step works on.</summary>
internal static class ClusterChoices
{
    public static ICluster Choose(this IStepContext context, ClusterChoice choice) =>
        choice == ClusterChoice.Source ? context.Source : context.Target;
}
