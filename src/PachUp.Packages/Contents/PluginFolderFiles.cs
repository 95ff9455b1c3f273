using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Plugins.Installing;
using PachUp.Packages.Feeds;

namespace PachUp.Packages.Contents;

/// <summary>Puts together the folder of a plugin from its package and those that it needs, without what the host shares with it.</summary>
internal sealed class PluginFolderFiles
{
    private readonly SortedDictionary<string, (PackageFile Package, ContentFile File)> _files = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The files, with forward slashes.</summary>
    public IEnumerable<string> Paths => _files.Keys;

    /// <summary>Adds what a package brings.</summary>
    /// <exception cref="PluginException">Another package brings a file of the same name.</exception>
    public void Add(PackageFile package, IEnumerable<ContentFile> files)
    {
        foreach (var file in files.Where(file => !IsShared(file.Path)))
        {
            if (!_files.TryAdd(file.Path, (package, file)) && !TryReplace(package, file))
            {
                throw new PluginException(
                    $"{_files[file.Path].Package.Name} and {package.Name} both bring \"{file.Path}\".", "Tell the author of the plugin; PachUp cannot choose.");
            }
        }
    }

    /// <summary>Writes the files.</summary>
    /// <exception cref="PluginException">A file is larger than its package says.</exception>
    public void WriteTo(StagedPlugin staged, CancellationToken cancellationToken)
    {
        foreach (var (path, (package, file)) in _files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var entry = package.Archive.GetEntry(file.Entry);
            using var content = new SizeLimitedStream(entry.Open(), entry.Length, $"The file \"{path}\" of {package.Name}");
            staged.Write(path, content);
        }
    }

    private bool TryReplace(PackageFile package, ContentFile file)
    {
        if (!file.ReplacesLibrary || _files[file.Path].Package != package)
        {
            return false;
        }

        _files[file.Path] = (package, file);
        return true;
    }

    /// <summary>Assemblies that the loader takes from the host, whatever lies in the plugin's folder; and their translations.</summary>
    private static bool IsShared(string path)
    {
        const string Translations = ".resources";
        var name = Path.GetFileNameWithoutExtension(path);
        return Path.GetExtension(path) == ".dll"
            && HostAssemblies.IsShared(name.EndsWith(Translations, StringComparison.Ordinal) ? name[..^Translations.Length] : name);
    }
}
