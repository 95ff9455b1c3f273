using PachUp.Common.Files;
using PachUp.Engine.Plugins.Assemblies;

namespace PachUp.Engine.Plugins.Installing;

/// <summary>The files of a plugin before they are in their place. Disposing it removes what was not put there.</summary>
public sealed class StagedPlugin : IDisposable
{
    internal const string NewFolder = "new";

    internal StagedPlugin(string id, string directory)
    {
        (Id, Directory) = (id, directory);
        PrivateFile.CreateDirectory(Folder);
        PrivateFile.CreateDirectory(Downloads);
    }

    /// <summary>The plugin's id.</summary>
    public string Id { get; private set; }

    /// <summary>The plugin's own folder.</summary>
    public string Folder => Path.Combine(Directory, NewFolder, Id);

    /// <summary>Where packages are kept while they are unpacked.</summary>
    public string Downloads => Path.Combine(Directory, "downloads");

    internal string Directory { get; }

    /// <summary>Gives it the id in the case that its package has it in, before anything is written.</summary>
    public void Rename(string id)
    {
        if (id != Id)
        {
            System.IO.Directory.Delete(Folder);
            Id = id;
            PrivateFile.CreateDirectory(Folder);
        }
    }

    /// <summary>Writes one of the plugin's files, flushed to disk and readable by its owner only.</summary>
    /// <param name="name">Its path below the plugin's folder, with forward slashes.</param>
    /// <param name="content">What is in it.</param>
    /// <exception cref="PluginException">The path leads elsewhere.</exception>
    public void Write(string name, Stream content)
    {
        var path = Path.GetFullPath(Path.Combine(Folder, name));
        if (!path.StartsWith(Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new PluginException($"The file \"{name}\" would lie outside the plugin's folder.", "Do not use this package, and tell its author.");
        }

        PrivateFile.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = PrivateFile.Open(path, FileMode.CreateNew);
        content.CopyTo(file);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Looks at the files when all are written. None of their code runs.</summary>
    /// <exception cref="PluginException">They are no plugin for this host.</exception>
    public PluginFiles Examine()
    {
        PluginAssembly.Inspect(Path.Combine(Folder, Id + ".dll"));
        return PluginFiles.Read(Folder);
    }

    /// <inheritdoc/>
    public void Dispose() => Leftovers.RemoveDirectory(Directory);
}
