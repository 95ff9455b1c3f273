using System.Runtime.Versioning;
using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Steps.Failing;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Plugins.Assemblies;

public sealed class PluginTrustTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private PluginTrust Trust => new(_folder.File("trusted-plugins.json"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_untrusted_plugin_is_not_loaded_and_the_message_names_the_command()
    {
        var plugin = TestPlugin.Install("GoodPlugin", _folder.Path);

        var result = Load(plugin);

        Assert.Empty(result.Plugins);
        var problem = Assert.Single(result.Problems);
        Assert.Contains("you have not trusted its current files", problem.Reason, StringComparison.Ordinal);
        Assert.Contains($"pachup plugin trust add '{plugin}'", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trusted_plugin_is_loaded_until_one_byte_changes()
    {
        var plugin = TestPlugin.Install("GoodPlugin", _folder.Path);
        Trust.Add(PluginTrust.Examine(plugin, TimeProvider.System));

        Assert.Single(Load(plugin).Plugins);
        File.AppendAllText(Path.Combine(plugin, "GoodPlugin.xml"), " ");

        Assert.Empty(Load(plugin).Plugins);
    }

    [Fact]
    public void Plugins_of_the_tool_are_trusted()
    {
        var plugin = TestPlugin.Install("GoodPlugin", _folder.Path);

        Assert.Single(PluginHost.Load([], [new PluginFolder(plugin, IsExpected: true) { IsShipped = true }]).Plugins);
    }

    [Fact]
    public void Plugins_are_removed_from_the_list_by_name_or_hash()
    {
        var (a, b) = (new TrustedPlugin("A", new string('a', 64), DateTimeOffset.UnixEpoch), new TrustedPlugin("B", new string('b', 64), DateTimeOffset.UnixEpoch));
        Trust.Add(b);
        Trust.Add(a);
        Trust.Add(a);

        Assert.Equal([a, b], Trust.List().AsEnumerable());
        Assert.Empty(Trust.Remove("aaaaaaa"));
        Assert.Equal(a, Assert.Single(Trust.Remove("aaaaaaaa")));
        Assert.Equal(b, Assert.Single(Trust.Remove("B")));
        Assert.Empty(Trust.List());
    }

    [Fact]
    public void A_damaged_list_is_reported_with_its_path()
    {
        File.WriteAllText(Trust.Path, "{");

        Assert.Contains(Trust.Path, Assert.Throws<FormatException>(() => Trust.List()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [UnsupportedOSPlatform("windows")]
    [InlineData("GoodPlugin/GoodPlugin.dll", UnixFileMode.OtherWrite, "Other users can change")]
    [InlineData("GoodPlugin/GoodPlugin.dll", UnixFileMode.GroupWrite, "Other users can change")]
    [InlineData("GoodPlugin", UnixFileMode.OtherWrite, "Other users can change")]
    [InlineData("", UnixFileMode.OtherWrite, "Other users can replace the folder of the plugin")]
    public void A_plugin_that_other_users_can_change_is_refused_with_a_command(string path, UnixFileMode tooMuch, string reason)
    {
        var plugin = TestPlugin.Install("GoodPlugin", _folder.Path);
        var changed = Path.Combine(_folder.Path, path);
        File.SetUnixFileMode(changed, File.GetUnixFileMode(changed) | tooMuch);

        var result = PluginHost.Load([], [new PluginFolder(plugin, IsExpected: true)], new PluginHostOptions { IsTrusted = _ => true });

        Assert.Empty(result.Plugins);
        var problem = Assert.Single(result.Problems);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
        Assert.Contains("go-w", problem.Remedy, StringComparison.Ordinal);
        Assert.Throws<PluginException>(() => PluginTrust.Examine(plugin, TimeProvider.System));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_plugin_of_the_tool_is_refused_if_all_users_can_change_it()
    {
        var plugin = TestPlugin.Install("GoodPlugin", _folder.Path);
        File.SetUnixFileMode(plugin, File.GetUnixFileMode(plugin) | UnixFileMode.OtherWrite);

        var result = PluginHost.Load([], [new PluginFolder(plugin, IsExpected: true) { IsShipped = true }]);

        Assert.Contains("All users of this machine can change", Assert.Single(result.Problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_symbolic_link_is_refused()
    {
        var plugin = TestPlugin.Install("GoodPlugin", _folder.Path);
        File.CreateSymbolicLink(Path.Combine(plugin, "More.dll"), Path.Combine(AppContext.BaseDirectory, "PachUp.Sdk.dll"));

        var result = PluginHost.Load([], [new PluginFolder(plugin, IsExpected: true)], new PluginHostOptions { IsTrusted = _ => true });

        Assert.Contains("More.dll\" is a symbolic link", Assert.Single(result.Problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_that_never_registers_is_reported()
    {
        var blocking = TestPlugin.Install("BlockingPlugin", _folder.Path);
        var worked = TimeSpan.Zero;
        var options = new PluginHostOptions { IsTrusted = _ => true, ProcessorTime = () => worked += TimeSpan.FromSeconds(5) };

        var result = PluginHost.Load([], [new PluginFolder(blocking, IsExpected: true)], options);

        var problem = Assert.Single(result.Problems);
        Assert.Equal(Path.Combine(blocking, "BlockingPlugin.dll"), problem.Path);
        Assert.Equal("The plugin used 20 s of processor time and did not register its steps.", problem.Reason);
    }

    [Fact]
    public async Task An_exception_of_a_step_names_its_plugin()
    {
        var plugin = TestPlugin.Install("MisbehavingPlugin", _folder.Path);
        var options = new PluginHostOptions { IsTrusted = _ => true };
        Assert.True(PluginHost.Load([], [new PluginFolder(plugin, IsExpected: true)], options).Catalogue.Steps.TryGet("bad/throw", out var step));

        var thrown = await Record.ExceptionAsync(() => step.ExecuteAsync(Activator.CreateInstance(step.ArgumentsType)!, null!, CancellationToken.None));

        Assert.Equal(
            "Internal error in the plugin \"MisbehavingPlugin\", in MisbehavingPlugin.ThrowStep.Misbehave: InvalidOperationException: the moon is full",
            PluginTraces.Describe(thrown!));
        Assert.Null(PluginTraces.Describe(Record.Exception(() => int.Parse("no", System.Globalization.CultureInfo.InvariantCulture))!));
    }

    private PluginLoadResult Load(string plugin) =>
        PluginHost.Load([], [new PluginFolder(plugin, IsExpected: true)], new PluginHostOptions { IsTrusted = Trust.Accepts });
}
