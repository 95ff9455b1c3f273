using System.Collections.Immutable;
using PachUp.Engine.Plans;
using PachUp.Engine.Plugins;

namespace PachUp.Engine.Tests.Plans;

public sealed class RequiredPluginsTests
{
    private static readonly LoadedPlugin Installed = new()
    {
        Name = "MyPlugin",
        Version = "1.0.0",
        Path = "/plugins/MyPlugin/MyPlugin.dll",
        Files = new PluginFiles { Hashes = ImmutableSortedDictionary<string, string>.Empty.Add("MyPlugin.dll", new string('1', 64)) },
        Steps = [],
        Checks = [],
        Routes = [],
        Platforms = [],
    };

    [Fact]
    public void A_plan_with_the_plugins_that_it_needs_is_read() =>
        Assert.NotNull(Load($"plugins: [{{ id: MyPlugin, sha256: {Installed.Files.Sha256} }}]"));

    [Theory]
    [InlineData("plugins: [{ id: MyPlugin, sha256: 0000000000000000000000000000000000000000000000000000000000000000 }]", "have the SHA-256 ")]
    [InlineData("plugins: [{ id: MyPlugins, sha256: 0000000000000000000000000000000000000000000000000000000000000000 }]", "did you mean \"MyPlugin\"?")]
    [InlineData("plugins: [{ id: MyPlugin, sha256: abc }]", "\"abc\" is not a SHA-256")]
    [InlineData("plugins: [{ id: MyPlugin }]", "the plugin has no \"sha256\"")]
    [InlineData("plugins: []", "\"plugins\" is an empty list")]
    [InlineData("plugin: []", "did you mean \"plugins\"?")]
    public void Anything_else_is_a_mistake_of_the_plan(string requires, string message)
    {
        var error = Assert.Throws<InvalidPlanException>(() => Load(requires));

        Assert.Contains(error.Mistakes, mistake => mistake.ToString().Contains(message, StringComparison.Ordinal));
    }

    private static PlanDocument Load(string requires)
    {
        var plan = PlanLoaderTests.OnePlan("- { id: a, uses: pachyderm/verify }") + $"\nrequires: {{ {requires} }}\n";
        return new PlanLoader { Steps = StandInSteps.Catalogue, Platforms = ["external"], Plugins = [Installed] }.Parse(plan, "plan.yaml");
    }
}
