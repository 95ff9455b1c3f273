using PachUp.Sdk.Testing;

namespace PachUp.Plugins.Pachyderm111To112.Tests;

/// <summary>What every plugin owes, asked of this one with the plan that ships. It offers no step.</summary>
public class ConformanceTests
{
    internal static readonly PluginConformance Plugin =
        PluginConformance.Of("plugins/PachUp.Plugins.Pachyderm111To112", "migration-plans/1.11.9-to-1.12.5.yaml") with
        {
            DoesNotApply = [ConformanceRules.FailuresNameThings],
            Interruptions = 8,
        };

    public static TheoryData<string> Rules => [.. Plugin.Rules];

    [Theory]
    [MemberData(nameof(Rules))]
    public Task It_keeps(string rule) => Plugin.CheckAsync(rule);
}
