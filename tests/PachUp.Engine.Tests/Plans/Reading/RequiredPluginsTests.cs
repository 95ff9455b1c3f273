using System.Collections.Immutable;
using PachUp.Engine.Plans;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Plugins.Installing;
using PachUp.Engine.Yaml;

namespace PachUp.Engine.Tests.Plans.Reading;

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
    [InlineData("1.0.0")]
    [InlineData("0.9")]
    [InlineData("'[1.0,2.0)'")]
    public void A_matching_version_is_enough(string version) => Assert.NotNull(Load($"plugins: [{{ id: MyPlugin, version: {version} }}]"));

    [Fact]
    public void The_version_of_the_package_has_priority() =>
        Assert.NotNull(Load("plugins: [{ id: MyPlugin, version: 7.0.0 }]", Installed with { Package = PackageOf("7.0.0") }));

    [Theory]
    [InlineData("plugins: [{ id: MyPlugin, version: 1.0.0 }]", "the plugin has no \"sha256\"")]
    [InlineData("plugins: [{ id: MyPlugin, sha256: 0000000000000000000000000000000000000000000000000000000000000000 }]", "have the SHA-256 ")]
    public void A_frozen_plan_needs_the_right_hashes(string requires, string message) => AssertMistake(() => Load(requires, Installed, isFrozen: true), message);

    [Fact]
    public void A_frozen_plan_lists_every_plugin_whose_steps_it_uses()
    {
        var used = Installed with { Steps = ["pachyderm/verify"] };

        AssertMistake(() => Load(null, used, isFrozen: true), "the step \"a\" uses the plugin \"MyPlugin\", which the plan does not list");
        Assert.NotNull(Load(null, used));
        Assert.NotNull(Load(null, used with { IsShipped = true }, isFrozen: true));
        Assert.NotNull(Load($"plugins: [{{ id: MyPlugin, sha256: {Installed.Files.Sha256} }}]", used, isFrozen: true));
    }

    [Theory]
    [InlineData("plugins: [{ id: MyPlugin, sha256: 0000000000000000000000000000000000000000000000000000000000000000 }]", "have the SHA-256 ")]
    [InlineData("plugins: [{ id: MyPlugins, sha256: 0000000000000000000000000000000000000000000000000000000000000000 }]", "did you mean \"MyPlugin\"?")]
    [InlineData("plugins: [{ id: MyPlugin, sha256: abc }]", "\"abc\" is not a SHA-256")]
    [InlineData("plugins: [{ id: MyPlugin }]", "the plugin has neither \"version\" nor \"sha256\"")]
    [InlineData("plugins: [{ id: MyPlugin, version: soon }]", "\"soon\" is not a version range")]
    [InlineData(
        "plugins: [{ id: MyPlugin, version: '[2.0,3.0)' }]",
        "the plan needs the plugin \"MyPlugin\" in version \"[2.0,3.0)\", but version 1.0.0 is loaded; expected another version; install it with \"pachup plugin install MyPlugin --version \"[2.0,3.0)\"\"")]
    [InlineData("plugins: [{ id: Acme.Freeze, version: 1.2.0 }]", "install it with \"pachup plugin install Acme.Freeze --version \"[1.2.0,)\"\"")]
    [InlineData("plugins: []", "\"plugins\" is an empty list")]
    [InlineData("plugin: []", "did you mean \"plugins\"?")]
    public void Missing_or_different_plugins_are_mistakes_of_the_plan(string requires, string message) => AssertMistake(() => Load(requires), message);

    private static void AssertMistake(Func<PlanDocument> load, string message)
    {
        var error = Assert.Throws<InvalidPlanException>(load);

        Assert.Contains(error.Mistakes, mistake => mistake.ToString().Contains(message, StringComparison.Ordinal));
    }

    private static PlanDocument Load(string? requires, LoadedPlugin? plugin = null, bool isFrozen = false)
    {
        var plan = PlanLoaderTests.OnePlan("- { id: a, uses: pachyderm/verify }") + (requires is null ? "" : $"\nrequires: {{ {requires} }}\n");
        var loader = new PlanLoader { Steps = StandInSteps.Catalogue, Platforms = ["external"], Plugins = [plugin ?? Installed], IsFrozen = isFrozen };
        return loader.Parse(plan, "plan.yaml");
    }

    private static InstalledPlugin PackageOf(string version) => new()
    {
        Id = "MyPlugin",
        Version = version,
        Sha512 = "",
        FilesSha256 = "",
        Source = "",
        Signature = "",
        Installed = default,
    };
}
