using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Plugins.Installing;
using PachUp.Packages.Feeds;

namespace PachUp.Packages.Contents;

/// <summary>Collects the files of a plugin's folder from its package and its dependencies, without the assemblies that the host shares.</summary>
internal sealed class PluginFolderFiles
{
    private readonly SortedDictionary<string, (PackageFile Package, ContentFile File)> _files = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The paths of the files, with forward slashes.</summary>
    public IEnumerable<string> Paths => _files.Keys;

    /// <summary>Adds the files of a package.</summary>
    /// <exception cref="PluginException">Another package has a file with the same name.</exception>
    public void Add(PackageFile package, IEnumerable<ContentFile> files)
    {
        foreach (var file in files.Where(file => !IsShared(file.Path)))
        {
            if (!_files.TryAdd(file.Path, (package, file)) && !TryReplace(package, file))
            {
                throw new PluginException(
                    $"{_files[file.Path].Package.Name} and {package.Name} both contain \"{file.Path}\", and PachUp cannot choose one.", "Report this to the author of the plugin.");
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

    /// <summary>Whether the loader takes the assembly from the host instead of the plugin's folder. Includes translations of such assemblies.</summary>
    private static bool IsShared(string path)
    {
        const string Translations = ".resources";
        var name = Path.GetFileNameWithoutExtension(path);
        return Path.GetExtension(path) == ".dll"
            && HostAssemblies.IsShared(name.EndsWith(Translations, StringComparison.Ordinal) ? name[..^Translations.Length] : name);
    }
}
