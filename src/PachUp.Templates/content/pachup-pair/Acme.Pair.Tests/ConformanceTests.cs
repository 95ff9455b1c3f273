using PachUp.Sdk.Testing;

namespace Acme.Pair.Tests;

/// <summary>What every plugin owes its users, rule by rule: the plan is carried out, repeated, interrupted and undone between sandboxes.</summary>
public sealed class ConformanceTests
{
    private static readonly PluginConformance Plugin =
        PluginConformance.Of("plugins/Acme.Pair", "plugins/Acme.Pair/plans/acme-pair-1.9-to-1.10.yaml") with { Interruptions = 10 };

    public static TheoryData<string> Rules => [.. Plugin.Rules];

    [Theory]
    [MemberData(nameof(Rules))]
    public Task It_keeps(string rule) => Plugin.CheckAsync(rule);
}
