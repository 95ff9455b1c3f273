using PachUp.Sdk.Testing;

namespace Acme.Pair.Tests;

/// <summary>What every plugin owes its users, rule by rule: the plan is carried out, repeated, interrupted and undone between sandboxes.</summary>
public sealed class ConformanceTests
{
    private static readonly PluginConformance Plugin =
        PluginConformance.Of("plugins/Acme.Pair", "plugins/Acme.Pair/plans/acme-pair-1.9-to-1.10.yaml") with
        {
            // The two sandboxes share no bucket.
            Set = ["objects=true"],
            Interruptions = 10,
            // The plugin has no step of its own yet.
            DoesNotApply = [ConformanceRules.FailuresNameThings],
        };

    public static TheoryData<string> Rules => [.. Plugin.Rules];

    [Theory]
    [MemberData(nameof(Rules))]
    public Task It_keeps(string rule) => Plugin.CheckAsync(rule);
}
