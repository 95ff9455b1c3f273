using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Pachyderm;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;
using PachUp.Testing;
using Snapshooter.Xunit;

namespace PachUp.Engine.Tests.Plugins;

public sealed class PluginHostTests : IDisposable
{
    private static readonly PluginHostOptions TrustAll = new() { IsTrusted = _ => true };

    private readonly string _folder = Directory.CreateTempSubdirectory("pachup-plugins-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_good_plugin_is_loaded_with_what_it_offers()
    {
        Install("GoodPlugin");

        var result = Load();

        Assert.Empty(result.Problems);
        var plugin = Assert.Single(result.Plugins);
        Assert.Equal(("GoodPlugin", "2.3.4-beta"), (plugin.Name, plugin.Version));
        Assert.Equal(Path.Combine(_folder, "GoodPlugin", "GoodPlugin.dll"), plugin.Path);
        Assert.Equal(["sample/say", "sample/report"], plugin.Steps.AsEnumerable());
        Assert.Equal("weekday", Assert.Single(plugin.Checks));
        Assert.Equal("1.5 -> 1.6", Assert.Single(plugin.Routes));
        Assert.Equal("paper", Assert.Single(plugin.Platforms));
    }

    [Fact]
    public void What_a_plugin_offers_can_be_used()
    {
        Install("GoodPlugin");

        var catalogue = Load().Catalogue;

        Assert.NotNull(catalogue.FindRoute(new ReleaseLine(1, 5), new ReleaseLine(1, 6)));
        Assert.Null(catalogue.FindRoute(new ReleaseLine(1, 8), new ReleaseLine(1, 9)));
        Assert.IsType<ILookingPlatform>(Assert.Single(catalogue.Platforms).Value, exactMatch: false);
        Assert.Equal("weekday", Assert.Single(catalogue.Checks).Name);
        Assert.True(catalogue.Steps.TryGet("sample/say", out var say));
        Assert.True(say.IsRevertible);
        Assert.Equal(Path.Combine(_folder, "GoodPlugin", "GoodPlugin.dll"), say.Origin);
    }

    [Fact]
    public async Task A_step_of_a_plugin_gets_its_arguments_and_runs()
    {
        Install("GoodPlugin");
        var loader = new PlanLoader { Steps = Load().Catalogue.Steps, Platforms = ["external"] };
        var plan = loader.Parse(Plans.Reading.PlanLoaderTests.OnePlan("- { id: a, uses: sample/say, with: { text: \"${to.release}\", times: 2 } }"), "plan.yaml");
        var (step, arguments) = (plan.Steps[0].Step, plan.Steps[0].Arguments.Resolve(plan.Scope));

        var result = await step.ExecuteAsync(arguments, null!, CancellationToken.None);
        var reverted = await step.RevertAsync(arguments, null!, CancellationToken.None);

        Assert.Equal("Said 1.9.0 2 times", result.Summary);
        Assert.Equal("Took back 1.9.0", reverted.Summary);
    }

    [Fact]
    public void Broken_plugins_are_reported_and_the_others_are_loaded()
    {
        Install("GoodPlugin");
        Install("EmptyPlugin");
        Install("ThrowingPlugin");
        Install("RivalPlugin");
        Install("FuturePlugin");
        Install("EmptyPlugin", "CopyingPlugin");
        File.WriteAllText(Path.Combine(_folder, "CopyingPlugin", "PachUp.Sdk.dll"), "a copy");
        Directory.CreateDirectory(Path.Combine(_folder, "Hollow"));
        Directory.CreateDirectory(Path.Combine(_folder, "Text"));
        File.WriteAllText(Path.Combine(_folder, "Text", "Text.dll"), "I am not an assembly.");

        var result = Load(new PluginFolder(Path.Combine(_folder, "nowhere"), IsExpected: true));

        Assert.Equal("GoodPlugin", Assert.Single(result.Plugins).Name);
        Assert.False(result.Catalogue.Steps.TryGet("sample/shout", out _));
        Snapshot.Match(Describe(result.Problems));
    }

    [Fact]
    public void A_plugin_with_the_name_of_a_built_in_platform_is_reported()
    {
        Install("GoodPlugin");

        var result = PluginHost.Load([new BuiltInSay()], [new PluginFolder(_folder, IsExpected: false)], TrustAll);

        Assert.Empty(result.Plugins);
        Assert.Equal(
            "The plugin offers the platform \"paper\", which \"PachUp itself\" already offers.",
            Assert.Single(result.Problems).Reason);
    }

    [Fact]
    public void A_folder_of_one_plugin_is_loaded_once()
    {
        Install("GoodPlugin");

        var result = Load(new PluginFolder(Path.Combine(_folder, "GoodPlugin"), IsExpected: true));

        Assert.Single(result.Plugins);
        Assert.Empty(result.Problems);
    }

    [Fact]
    public void A_plugin_in_two_folders_is_loaded_once_and_both_folders_are_named()
    {
        Install("GoodPlugin");
        using var other = new TemporaryFolder();
        var second = TestPlugin.Install("GoodPlugin", other.Path);

        var result = Load(new PluginFolder(second, IsExpected: true));

        var first = Assert.Single(result.Plugins).Path;
        var problem = Assert.Single(result.Problems);
        Assert.Equal(Path.Combine(second, "GoodPlugin.dll"), problem.Path);
        Assert.Equal($"The plugin GoodPlugin is already loaded: version 2.3.4-beta from \"{first}\". This copy has version 2.3.4-beta.", problem.Reason);
        Assert.Contains($"\"{second}\" or \"{Path.GetDirectoryName(first)}\"", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Plugin_folders_are_those_of_the_tool_the_user_and_the_options()
    {
        var shipped = new PluginFolder("/tool/plugins", false) { IsShipped = true };
        var byDefault = PluginFolder.All("/tool", "/home/me", _ => null, ["extra"]);
        var byVariable = PluginFolder.All("/tool", "/home/me", name => name == "PACHUP_PLUGIN_DIR" ? "/mine" : null, []);

        Assert.Equal(
            [shipped, new PluginFolder("/home/me/.pachup/plugins", false), new PluginFolder("extra", true)],
            byDefault);
        Assert.Equal([shipped, new PluginFolder("/mine", true)], byVariable);
    }

    private PluginLoadResult Load(params PluginFolder[] more) =>
        PluginHost.Load([], [new PluginFolder(_folder, IsExpected: false), .. more], TrustAll);

    private void Install(string plugin, string? under = null) => TestPlugin.Install(plugin, _folder, under);

    private string Describe(IEnumerable<PluginProblem> problems) =>
        string.Join("\n\n", problems.Select(problem => $"{problem.Path}\n  {problem.Reason}\n  {problem.Remedy}")).Replace(_folder, "PLUGINS", StringComparison.Ordinal);

    private sealed class BuiltInSay : IPachUpPlugin
    {
        public void Register(IPluginRegistry registry) => registry.AddPlatform(new Paper());
    }

    private sealed class Paper : IPlatform
    {
        public string Name => "paper";

        public Task<StepPreview> PreviewAsync(PlatformAction action, ICluster cluster, IStepContext context, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("nothing is asked of it here");

        public Task<StepResult> ExecuteAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("nothing is asked of it here");

        public Task<StepResult> RevertAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("nothing is asked of it here");
    }
}
