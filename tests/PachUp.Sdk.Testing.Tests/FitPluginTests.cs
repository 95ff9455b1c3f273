namespace PachUp.Sdk.Testing.Tests;

/// <summary>A plugin that owes nothing, tried as its author would.</summary>
public sealed class FitPluginTests
{
    private static readonly PluginConformance Plugin = PluginConformance.Of("plugins/FreezePlugin", "Plans/freeze.yaml") with
    {
        Source = Cluster.Empty
            .WithRepo("images", "raw images")
            .WithCommit("images", "master", "/1.png", "one")
            .WithCommit("images", "feat.x", "/x.png", "x")
            .WithPipeline("edges", "images")
            .WithPipeline("halted", "images")
            .WithStopped("halted"),
        Set = [$"frozen={PluginConformance.ScratchFolder}/frozen"],
        StreamedOperations = 20_000,
    };

    public static TheoryData<string> Rules => [.. Plugin.Rules];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task It_keeps(string rule)
    {
        await Plugin.CheckAsync(rule);
    }
}
