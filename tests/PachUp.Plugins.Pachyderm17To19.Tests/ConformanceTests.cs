using PachUp.Sdk.Testing;

namespace PachUp.Plugins.Pachyderm17To19.Tests;

/// <summary>What every plugin owes, asked of this one with the plan that ships. It offers no step.</summary>
public class ConformanceTests
{
    internal static readonly PluginConformance Plugin =
        PluginConformance.Of("plugins/PachUp.Plugins.Pachyderm17To19", "Plans/1.7.14-to-1.9.0.yaml") with
        {
            DoesNotApply = [ConformanceRules.FailuresNameThings],
            Interruptions = 8,
        };

    public static TheoryData<string> Rules => [.. Plugin.Rules];

    [Theory]
    [MemberData(nameof(Rules))]
    public Task It_keeps(string rule) => Plugin.CheckAsync(rule);
}
