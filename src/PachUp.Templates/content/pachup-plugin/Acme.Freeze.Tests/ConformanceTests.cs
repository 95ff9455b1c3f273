using PachUp.Sdk.Testing;

namespace Acme.Freeze.Tests;

/// <summary>Tests the plugin against the rules for all plugins: the plan is carried out, repeated, interrupted and undone between sandboxes.</summary>
public sealed class ConformanceTests
{
    private static readonly PluginConformance Plugin =
        PluginConformance.Of("plugins/Acme.Freeze", "plugins/Acme.Freeze/plans/acme-freeze-1.8-to-1.10.yaml") with
        {
            Set = [$"marker={PluginConformance.ScratchFolder}/frozen"],
            Interruptions = 10,
        };

    public static TheoryData<string> Rules => [.. Plugin.Rules];

    [Theory]
    [MemberData(nameof(Rules))]
    public Task It_keeps(string rule) => Plugin.CheckAsync(rule);
}
