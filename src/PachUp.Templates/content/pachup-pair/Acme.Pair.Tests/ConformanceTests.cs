using PachUp.Sdk.Testing;

namespace Acme.Pair.Tests;

/// <summary>Tests the plugin against the rules for all plugins. The plan runs between sandboxes: complete, repeated, interrupted and undone.</summary>
public sealed class ConformanceTests
{
    private static readonly PluginConformance Plugin =
        PluginConformance.Of("plugins/Acme.Pair", "plugins/Acme.Pair/plans/acme-pair-1.8-to-1.10.yaml") with
        {
            // The two sandboxes do not share a bucket, so the plan has to send the objects.
            Set = ["objects=true"],
            Interruptions = 10,
            // The plugin has no own steps.
            DoesNotApply = [ConformanceRules.FailuresNameThings],
        };

    public static TheoryData<string> Rules => [.. Plugin.Rules];

    [Theory]
    [MemberData(nameof(Rules))]
    public Task It_keeps(string rule) => Plugin.CheckAsync(rule);
}
