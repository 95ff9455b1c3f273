using System.Collections.Immutable;
using NuGet.Frameworks;
using NuGet.Packaging;
using PachUp.Engine.Plugins.Assemblies;

namespace PachUp.Packages.Contents;

/// <summary>Selects the files of a package that belong in a plugin's folder.</summary>
/// <param name="package">The package.</param>
internal sealed class PackageContent(PackageFile package)
{
    /// <summary>The name of the placeholder file in an empty folder.</summary>
    private const string EmptyFolder = "_._";
    private const string Library = "lib";
    private const string Native = "native";
    private const string Runtimes = "runtimes";
    private const string Plans = "plans/";

    /// <summary>
    /// The files of a plugin's own package: the library folder of its framework, including the main assembly, the runtime files for this machine, and
    /// its plans.
    /// </summary>
    /// <exception cref="PluginException">The package is not a plugin for this PachUp.</exception>
    public ImmutableArray<ContentFile> OfPlugin()
    {
        ImmutableArray<ContentFile> files = [.. OfLibrary(), .. OfRuntimes(), .. OfPlans()];
        var (main, contract) = (package.Id + ".dll", HostAssemblies.Contract + ".dll");
        if (files.Any(file => file.Path == contract))
        {
            throw new PluginException(
                $"{package.Name} contains its own copy of {contract}, so that this PachUp cannot load it.",
                "Report this to its author: the package of a plugin must depend on the contract, and not contain it.");
        }

        return files.Any(file => file.Path == main)
            ? files
            : throw new PluginException(
                $"{package.Name} has no main assembly \"lib/{PluginFramework.Name}/{main}\".",
                "Report this to its author: the main assembly must have the name of the package.");
    }

    /// <summary>The files of a dependency: its assemblies, and the runtime files for this machine.</summary>
    /// <exception cref="PluginException">The package has no files for this framework or machine.</exception>
    public ImmutableArray<ContentFile> OfDependency() =>
        [.. OfLibrary().Where(file => Path.GetExtension(file.Path) == ".dll"), .. OfRuntimes()];

    private IEnumerable<ContentFile> OfLibrary()
    {
        var groups = package.Archive.GetLibItems().ToList();
        return NuGetFrameworkUtility.GetNearest(groups, PluginFramework.Current) is { } nearest
            ? nearest.Items.Where(IsFile).Select(entry => new ContentFile(entry, Below(entry, levels: 2)))
            : groups.Count == 0 ? []
            : throw new PluginException(
                $"{package.Name} was built for {string.Join(", ", groups.Select(group => group.TargetFramework.GetShortFolderName()))}, "
                + $"but this PachUp needs plugins for {PluginFramework.Name}.",
                "Install another version, or report this to its author.");
    }

    /// <summary>Native libraries go beside the assembly that calls them, where the loader finds them.</summary>
    private IEnumerable<ContentFile> OfRuntimes()
    {
        var entries = package.Archive.GetFiles(Runtimes).Where(IsFile).ToList();
        ThrowIfNothingFits(entries);
        return
        [
            .. Best(entries, Native).Select(entry => new ContentFile(entry, Below(entry, levels: 3))),
            .. NearestOf(Best(entries, Library)).Select(entry => new ContentFile(entry, Below(entry, levels: 4)) { ReplacesLibrary = true }),
        ];
    }

    private void ThrowIfNothingFits(List<string> entries)
    {
        var natives = entries.Where(entry => PartOf(entry, 2) == Native).ToList();
        if (natives.Count > 0 && Best(natives, Native).Count == 0)
        {
            throw new PluginException(
                $"{package.Name} has native libraries for {string.Join(", ", natives.Select(entry => PartOf(entry, 1)).Distinct().Order(StringComparer.Ordinal))}, "
                + $"but not for this machine ({RuntimeFolders.Fitting[0]}).",
                "Use the plugin on one of those machines, or report this to its author.");
        }
    }

    private static List<string> Best(List<string> entries, string kind) => RuntimeFolders.Fitting
        .Select(runtime => entries.Where(entry => PartOf(entry, 1) == runtime && PartOf(entry, 2) == kind).ToList())
        .FirstOrDefault(found => found.Count > 0) ?? [];

    private static List<string> NearestOf(List<string> libraries)
    {
        var groups = libraries.GroupBy(entry => NuGetFramework.ParseFolder(PartOf(entry, 3))).Select(group => new FrameworkSpecificGroup(group.Key, group));
        return [.. NuGetFrameworkUtility.GetNearest(groups, PluginFramework.Current)?.Items ?? []];
    }

    private IEnumerable<ContentFile> OfPlans() => package.Archive.GetFiles()
        .Where(entry => entry.StartsWith(Plans, StringComparison.Ordinal) && entry.EndsWith(".yaml", StringComparison.Ordinal) && PartsOf(entry).Length == 2)
        .Select(entry => new ContentFile(entry, entry));

    private static bool IsFile(string entry) => !entry.EndsWith('/') && PartsOf(entry)[^1] != EmptyFolder;

    private static string Below(string entry, int levels) => string.Join('/', PartsOf(entry).Skip(levels));

    private static string PartOf(string entry, int level) => PartsOf(entry).ElementAtOrDefault(level) ?? "";

    private static string[] PartsOf(string entry) => entry.Split('/');
}

/// <summary>A file of a package that goes into a plugin's folder.</summary>
/// <param name="Entry">The name of its entry in the package.</param>
/// <param name="Path">Its path in the plugin's folder, with forward slashes.</param>
internal sealed record ContentFile(string Entry, string Path)
{
    /// <summary>Whether it replaces the file with the same name for all machines.</summary>
    public bool ReplacesLibrary { get; init; }
}
