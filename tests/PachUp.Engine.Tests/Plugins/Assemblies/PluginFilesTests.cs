using PachUp.Engine.Plugins.Assemblies;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Plugins.Assemblies;

public sealed class PluginFilesTests
{
    [Fact]
    public void Every_file_below_the_folder_counts()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "Mine.dll", "code");
        Write(folder, Path.Combine("runtimes", "native.so"), "more code");

        var files = PluginFiles.Read(folder.Path);

        Assert.Equal(["Mine.dll", "runtimes/native.so"], files.Hashes.Keys);
        Assert.Equal("5694d08a2e53ffcae0c3103e5ad6f6076abd960eb1f8a56577040bc1028f702b", files.Hashes["Mine.dll"]);
        Assert.Empty(files.DifferencesTo(PluginFiles.Read(folder.Path)));
    }

    [Fact]
    public void Added_removed_and_changed_files_are_listed_and_change_the_hash()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "Mine.dll", "code");
        Write(folder, "Old.dll", "old");
        var before = PluginFiles.Read(folder.Path);
        Write(folder, "Mine.dll", "other code");
        Write(folder, "New.dll", "new");
        File.Delete(Path.Combine(folder.Path, "Old.dll"));

        var after = PluginFiles.Read(folder.Path);

        Assert.NotEqual(before.Sha256, after.Sha256);
        Assert.Collection(
            before.DifferencesTo(after),
            changed => Assert.Equal($"Mine.dll: changed, SHA-256 was {before.Hashes["Mine.dll"]}, is {after.Hashes["Mine.dll"]}", changed),
            added => Assert.Equal("New.dll: added", added),
            removed => Assert.Equal("Old.dll: removed", removed));
    }

    [Fact]
    public void Renaming_a_file_changes_the_hash()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "A.dll", "code");
        var before = PluginFiles.Read(folder.Path);
        File.Move(Path.Combine(folder.Path, "A.dll"), Path.Combine(folder.Path, "B.dll"));

        Assert.NotEqual(before.Sha256, PluginFiles.Read(folder.Path).Sha256);
    }

    private static void Write(TemporaryFolder folder, string file, string content)
    {
        var path = Path.Combine(folder.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
