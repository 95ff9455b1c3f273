using PachUp.Common.Files;
using PachUp.Engine.Plugins.Assemblies;

namespace PachUp.Engine.Plugins.Installing;

/// <summary>The files of a plugin before it is installed. Disposing it removes the files that were not installed.</summary>
public sealed class StagedPlugin : IDisposable
{
    internal const string NewFolder = "new";

    internal StagedPlugin(string id, string directory)
    {
        (Id, Directory) = (id, directory);
        PrivateDirectory.Create(Folder);
        PrivateDirectory.Create(Downloads);
    }

    /// <summary>The plugin's id.</summary>
    public string Id { get; private set; }

    /// <summary>The folder with the files of the plugin.</summary>
    public string Folder => Path.Combine(Directory, NewFolder, Id);

    /// <summary>The folder for downloaded packages.</summary>
    public string Downloads => Path.Combine(Directory, "downloads");

    internal string Directory { get; }

    /// <summary>Changes the id to the upper and lower case of the package. Call it before anything is written.</summary>
    public void Rename(string id)
    {
        if (id != Id)
        {
            PrivateDirectory.Delete(Folder);
            Id = id;
            PrivateDirectory.Create(Folder);
        }
    }

    /// <summary>Writes one file of the plugin. The file is flushed to disk, and only its owner can read it.</summary>
    /// <param name="name">The path below the plugin's folder, with forward slashes.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="PluginException">The path is outside the plugin's folder.</exception>
    public void Write(string name, Stream content)
    {
        var path = Path.GetFullPath(Path.Combine(Folder, name));
        if (!path.StartsWith(Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new PluginException($"The package contains the file \"{name}\", which would be written outside the plugin's folder.", "Do not use this package. Report this to its author.");
        }

        PrivateDirectory.Create(Path.GetDirectoryName(path)!);
        using var file = PrivateFile.Create(path);
        content.CopyTo(file);
        file.FlushToDisk();
    }

    /// <summary>Flushes the names of all files to disk. Their content was flushed when they were written.</summary>
    internal void FlushNames()
    {
        foreach (var directory in System.IO.Directory.EnumerateDirectories(Folder, "*", SearchOption.AllDirectories).Append(Folder))
        {
            PrivateDirectory.Flush(directory);
        }
    }

    /// <summary>Checks the files after all are written. None of their code runs.</summary>
    /// <exception cref="PluginException">The files are not a plugin for this host.</exception>
    public PluginFiles Examine()
    {
        PluginAssembly.Inspect(Path.Combine(Folder, Id + ".dll"));
        return PluginFiles.Read(Folder);
    }

    /// <inheritdoc/>
    public void Dispose() => TryRemove.Directory(Directory);
}
