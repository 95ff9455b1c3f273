using PachUp.Common.Disks;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Plugins.Installing;
using PachUp.Engine.Runs.Records;
using PachUp.PackageFeed;
using PachUp.Testing.Disks;

namespace PachUp.Packages.Tests;

public sealed class PluginStoreTests : IDisposable
{
    private readonly PackageWorkshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public async Task Another_version_replaces_the_installed_version_and_uninstalling_removes_all_files()
    {
        await InstallAsync("1.0.0", "old.txt");
        await InstallAsync("2.0.0", "new.txt");
        var after = _workshop.FilesOf("GoodPlugin");
        using (var store = PluginStore.Open(_workshop.Plugins, PluginUse.Users))
        {
            store.Remove(store.Lock.Find("goodplugin")!);
        }

        Assert.Equal(["GoodPlugin.dll", "new.txt"], after);
        Assert.Equal(["plugins.lock.json"], _workshop.AllPluginFiles);
        Assert.Empty(PluginLockFile.Read(_workshop.Plugins).Plugins);
    }

    [Theory]
    [InlineData("nothing was moved")]
    [InlineData("the old files are out of the way")]
    [InlineData("the new files are in place")]
    public async Task An_install_that_was_killed_is_undone_by_the_next_command(string when)
    {
        await InstallAsync("1.0.0", "old.txt");
        var before = _workshop.AllPluginFiles;
        await LeaveBehindAsync("2.0.0", when);

        PluginStore.Open(_workshop.Plugins, PluginUse.Users).Dispose();

        Assert.Equal(before, _workshop.AllPluginFiles);
        AssertIntact();
    }

    [Fact]
    public async Task A_first_install_that_was_killed_before_it_was_recorded_is_undone()
    {
        await LeaveBehindAsync("1.0.0", "the new files are in place");

        PluginStore.Open(_workshop.Plugins, PluginUse.Users).Dispose();

        Assert.Empty(_workshop.AllPluginFiles);
    }

    [Fact]
    public async Task An_install_that_was_killed_after_it_was_recorded_is_complete()
    {
        await InstallAsync("1.0.0", "old.txt");
        var lockFile = Path.Combine(_workshop.Plugins, PluginLockFile.FileName);
        await LeaveBehindAsync("2.0.0", "the new files are in place");
        File.WriteAllText(lockFile, (await File.ReadAllTextAsync(lockFile))
            .Replace(PluginLockFile.Read(_workshop.Plugins).Plugins[0].FilesSha256, PluginFiles.Read(Place).Sha256, StringComparison.Ordinal));

        PluginStore.Open(_workshop.Plugins, PluginUse.Users).Dispose();

        Assert.Equal(["GoodPlugin.dll", "new.txt"], _workshop.FilesOf("GoodPlugin"));
        Assert.Equal(["GoodPlugin/GoodPlugin.dll", "GoodPlugin/new.txt", "plugins.lock.json"], _workshop.AllPluginFiles);
    }

    [Fact]
    public async Task An_uninstall_that_was_killed_is_undone()
    {
        await InstallAsync("1.0.0", "old.txt");
        var before = _workshop.AllPluginFiles;
        var work = Directory.CreateDirectory(Path.Combine(_workshop.Plugins, ".install", "GoodPlugin.0123")).FullName;
        Directory.CreateDirectory(Path.Combine(work, "new", "GoodPlugin"));
        Directory.CreateDirectory(Path.Combine(work, "old"));
        Directory.Move(Place, Path.Combine(work, "old", "GoodPlugin"));

        PluginStore.Open(_workshop.Plugins, PluginUse.Users).Dispose();

        Assert.Equal(before, _workshop.AllPluginFiles);
        AssertIntact();
    }

    [Fact]
    public async Task A_plugin_that_cannot_be_recorded_is_not_installed()
    {
        await InstallAsync("1.0.0", "old.txt");
        var before = _workshop.AllPluginFiles;
        await _workshop.PublishAsync(Plugin("2.0.0", "new.txt"));

        var lockFile = Path.Combine(_workshop.Plugins, PluginLockFile.FileName);
        using (Disk.Observe(ScriptedDisk.Failing(change => change is DiskChange.Renamed renamed && renamed.To == lockFile)))
        {
            await Assert.ThrowsAnyAsync<IOException>(() => _workshop.InstallAsync("GoodPlugin"));
        }

        Assert.Equal(before, _workshop.AllPluginFiles);
        AssertIntact();
    }

    [Fact]
    public void Two_processes_cannot_change_one_folder_at_the_same_time()
    {
        using var first = PluginStore.Open(_workshop.Plugins, PluginUse.Users);

        var refusal = Assert.Throws<PluginException>(() => PluginStore.Open(_workshop.Plugins, PluginUse.Users));

        Assert.Equal($"Another pachup process is changing the plugins in \"{_workshop.Plugins}\".", refusal.Message);
    }

    [Fact]
    public async Task A_folder_created_by_hand_is_not_replaced()
    {
        await _workshop.PublishAsync(Plugin("1.0.0", "new.txt"));
        Directory.CreateDirectory(Place);

        var refusal = await Assert.ThrowsAsync<PluginException>(() => _workshop.PrepareAsync("GoodPlugin"));

        Assert.Equal($"The folder \"{Place}\" already exists, and \"pachup plugin install\" did not create it.", refusal.Message);
    }

    [Theory]
    [InlineData("{ \"schemaVersion\": 2 }", "was written by a later PachUp (schema 2; this one reads 1).")]
    [InlineData("{ \"schemaVer", "cannot be read:")]
    public void A_lock_file_that_cannot_be_read_is_named(string text, string reason)
    {
        Directory.CreateDirectory(_workshop.Plugins);
        File.WriteAllText(Path.Combine(_workshop.Plugins, PluginLockFile.FileName), text);

        var refusal = Assert.Throws<PluginException>(() => PluginStore.Open(_workshop.Plugins, PluginUse.Users));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private string Place => Path.Combine(_workshop.Plugins, "GoodPlugin");

    private static TestPackage Plugin(string version, string file) => TestPackage.OfPlugin("GoodPlugin", version).With($"lib/net10.0/{file}", file);

    private async Task InstallAsync(string version, string file)
    {
        await _workshop.PublishAsync(Plugin(version, file));
        await _workshop.InstallAsync("GoodPlugin");
    }

    /// <summary>Leaves behind what a process does that is killed while it installs a version.</summary>
    private async Task LeaveBehindAsync(string version, string when)
    {
        var work = Path.Combine(_workshop.Plugins, ".install", "GoodPlugin.0123");
        var files = Directory.CreateDirectory(Path.Combine(work, "new", "GoodPlugin")).FullName;
        await File.WriteAllTextAsync(Path.Combine(files, "GoodPlugin.dll"), version);
        await File.WriteAllTextAsync(Path.Combine(files, "new.txt"), "new");
        Directory.CreateDirectory(Path.Combine(work, "downloads"));
        if (when != "nothing was moved" && Directory.Exists(Place))
        {
            Directory.CreateDirectory(Path.Combine(work, "old"));
            Directory.Move(Place, Path.Combine(work, "old", "GoodPlugin"));
        }

        if (when == "the new files are in place")
        {
            Directory.Move(files, Place);
        }
    }

    private void AssertIntact()
    {
        using var store = PluginStore.Open(_workshop.Plugins, PluginUse.Users);
        Assert.True(store.IsIntact(store.Lock.Find("GoodPlugin")!));
    }
}
