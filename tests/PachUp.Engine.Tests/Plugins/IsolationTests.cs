using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Plugins;

/// <summary>Plugins do not share libraries or static fields, neither with other plugins nor with other runs.</summary>
public sealed class IsolationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public IsolationTests()
    {
        TestPlugin.Install("OlderLibraryPlugin", _folder.Path);
        TestPlugin.Install("NewerLibraryPlugin", _folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_versions_of_a_library_are_used_in_one_plan()
    {
        var done = await CarryOutAsync();

        Assert.Equal(["CsvHelper 33.0.0.0, call 1", "CsvHelper 34.0.0.0, call 1", "CsvHelper 33.0.0.0, call 2"], done);
    }

    [Fact]
    public async Task Static_fields_of_a_plugin_are_reset_in_the_next_run_of_the_same_process()
    {
        var first = await CarryOutAsync();

        Assert.Equal(first, await CarryOutAsync());
    }

    private async Task<List<string>> CarryOutAsync()
    {
        var loaded = PluginHost.Load([], [new PluginFolder(_folder.Path, IsExpected: true)], new PluginHostOptions { IsTrusted = _ => true });
        Assert.Empty(loaded.Problems);
        var plan = new PlanLoader { Steps = loaded.Catalogue.Steps, Platforms = ["external"] }.Parse(
            Plans.Reading.PlanLoaderTests.OnePlan("- { id: a, uses: older/library }\n- { id: b, uses: newer/library }\n- { id: c, uses: older/library }"), "plan.yaml");
        var done = new List<string>();
        foreach (var step in plan.Steps)
        {
            done.Add((await step.Step.ExecuteAsync(step.Arguments.Resolve(plan.Scope), null!, CancellationToken.None)).Summary);
        }

        return done;
    }
}
