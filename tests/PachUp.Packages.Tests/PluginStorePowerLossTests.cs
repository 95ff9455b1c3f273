using PachUp.Engine.Plugins.Installing;
using PachUp.Engine.Runs.Records;
using PachUp.PackageFeed;
using PachUp.Testing.Disks;

namespace PachUp.Packages.Tests;

/// <summary>
/// The process is killed, or the machine loses power, at any change on disk while a plugin is installed, updated or uninstalled. The next command finds the plugin
/// as it was before or as it should be, and the same command then succeeds.
/// </summary>
public sealed class PluginStorePowerLossTests : IDisposable
{
    private const string Id = "GoodPlugin";

    private readonly PackageWorkshop _workshop = new();

    public PluginStorePowerLossTests() => Directory.CreateDirectory(_workshop.Plugins);

    public void Dispose() => _workshop.Dispose();

    [Theory]
    [InlineData("install", "", "1.0.0")]
    [InlineData("update", "1.0.0", "2.0.0")]
    [InlineData("uninstall", "1.0.0", "")]
    public async Task A_plugin_is_as_before_or_as_it_should_be_after_a_power_cut_at_any_change_on_disk(string command, string before, string after)
    {
        await _workshop.PublishAsync(Plugin("1.0.0"), Plugin("2.0.0"));
        var cuts = 0;
        for (var wasCut = true; wasCut; cuts++)
        {
            await ClearAsync(before);
            var disk = new PowerLossDisk(_workshop.Plugins, except: "", at: cuts + 1);
            await disk.EndAsync(() => ChangeAsync(after));
            wasCut = disk.LostAt is not null;
            if (wasCut)
            {
                disk.Restart(Survival.Of(cuts % Survival.Choices, seed: cuts));
                var found = Installed();
                Assert.True(found == before || found == after, $"{command}: power cut at change {cuts + 1}, {disk.LostAt}: \"{found}\" is installed");
                await ChangeAsync(after);
            }

            Assert.Equal(after, Installed());
        }

        Assert.True(cuts > 5, $"{command} made only {cuts} changes on disk");
    }

    private static TestPackage Plugin(string version) => TestPackage.OfPlugin(Id, version).With($"lib/net10.0/{version}.txt", version);

    private async Task ClearAsync(string version)
    {
        Directory.Delete(_workshop.Plugins, recursive: true);
        Directory.CreateDirectory(_workshop.Plugins);
        await ChangeAsync(version);
    }

    /// <summary>Installs a version, or none.</summary>
    private async Task ChangeAsync(string version)
    {
        if (version.Length > 0)
        {
            await _workshop.InstallAsync(Id, VersionRequest.Exactly(version));
            return;
        }

        using var store = PluginStore.Open(_workshop.Plugins, PluginUse.Users);
        if (store.Lock.Find(Id) is { } installed)
        {
            store.Remove(installed);
        }
    }

    /// <summary>The installed version, with all its files and no others; empty if there is none.</summary>
    private string Installed()
    {
        using var store = PluginStore.Open(_workshop.Plugins, PluginUse.Users);
        var others = _workshop.AllPluginFiles.Except([PluginLockFile.FileName]).ToList();
        if (store.Lock.Find(Id) is not { } plugin)
        {
            Assert.Empty(others);
            return "";
        }

        Assert.True(store.IsIntact(plugin), $"{plugin.Version} is not intact: {string.Join(", ", others)}");
        Assert.Equal([$"{Id}/{plugin.Version}.txt", $"{Id}/{Id}.dll"], others);
        return plugin.Version;
    }
}
