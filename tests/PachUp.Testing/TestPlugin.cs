namespace PachUp.Testing;

/// <summary>Installs one of the small plugins in tests/TestPlugins.</summary>
public static class TestPlugin
{
    /// <summary>Copies a plugin. All users can read it, and only its owner can write it, for any umask.</summary>
    /// <param name="plugin">Its name.</param>
    /// <param name="folder">The folder of plugins.</param>
    /// <param name="under">Another name for the plugin; null for its own name.</param>
    /// <returns>Its folder.</returns>
    public static string Install(string plugin, string folder, string? under = null)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, under ?? plugin)).FullName;
        MakePrivate(target, UnixFileMode.UserExecute);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "TestPlugins", plugin)))
        {
            var copy = Path.Combine(target, Path.GetFileName(file).Replace(plugin, under ?? plugin, StringComparison.Ordinal));
            File.Copy(file, copy);
            MakePrivate(copy, UnixFileMode.None);
        }

        return target;
    }

    private static void MakePrivate(string path, UnixFileMode more)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);
        }
    }
}
