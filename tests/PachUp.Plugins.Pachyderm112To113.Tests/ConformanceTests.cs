using PachUp.Sdk.Testing;

namespace PachUp.Plugins.Pachyderm112To113.Tests;

/// <summary>What every plugin owes, asked of this one with the plan that ships. It offers no step.</summary>
public class ConformanceTests
{
    internal static readonly PluginConformance Plugin =
        PluginConformance.Of("plugins/PachUp.Plugins.Pachyderm112To113", "migration-plans/1.12.5-to-1.13.4.yaml") with
        {
            // The cluster that is recorded by default has more pipelines than 1.13 takes.
            Source = Cluster.Recorded("1.12.5-stopped"),
            DoesNotApply = [ConformanceRules.FailuresNameThings],
            Interruptions = 8,
        };

    public static TheoryData<string> Rules => [.. Plugin.Rules];

    [Theory]
    [MemberData(nameof(Rules))]
    public Task It_keeps(string rule) => Plugin.CheckAsync(rule);
}
